// The settings that a letter needs are set by this.
import { conversation, dispute, forCoach, work } from "./mail.ts";

import type { Mail } from "../../_shared/resend.ts";
import { AdminMailSchema } from "../mail/admin-words.ts";
import { GuestMailSchema } from "../mail/guest-words.ts";
import { NotificationSchema } from "../mail/notification.ts";
import { writeAdminMail, writeDigest, writeGuestMail, writeMail } from "../mail/write-mail.tsx";
import { KINDS } from "./kinds.ts";

export type NamedLetter = { name: string; mail: Mail };

const TO = "dana@example.com";
/** As long as a real one. */
const TOKEN = "t0ken_".padEnd(64, "x");
const GUEST = {
  id: "g1",
  email: "nora@work.example",
  name: "Nora Vale",
  coach_name: "Maria Lopez",
  offer_title: "Listing rehearsal",
  price_cents: 15000,
  starts_at: "2026-11-24T16:00:00+00:00",
  ends_at: "2026-11-24T17:00:00+00:00",
  time_zone: "America/Phoenix",
  pay_by: "2026-11-23T16:00:00+00:00",
};

/**
 * Every mail that we send, from the fixtures of the tests: of each kind that of each party, a summary, those to
 * guests, and those to the admins.
 */
export async function everyLetter(): Promise<NamedLetter[]> {
  const letters: NamedLetter[] = [];
  for (const kind of Object.keys(KINDS)) {
    for (const party of recipientsOf(kind)) {
      letters.push({ name: `${kind}-${party}`, mail: await letterOf(kind, party) });
    }
  }

  const notices = [
    { ...work, ...fixtureOf("review_received", "client") },
    { ...work, kind: "message_unanswered", booking: null, conversation },
  ].map((notice) => NotificationSchema.parse(notice));
  letters.push({ name: "digest", mail: await writeDigest("Dana", notices, TO, TOKEN) });

  for (const kind of GuestMailSchema.shape.kind.options) {
    letters.push({ name: `guest-${kind}`, mail: await writeGuestMail({ ...GUEST, kind }) });
  }
  for (const mail of ADMIN_MAILS) {
    const parsed = AdminMailSchema.parse({ email: "books@walkthrough.example", ...mail });
    letters.push({ name: `admin-${mail.kind}`, mail: await writeAdminMail(parsed) });
  }
  return letters;
}

const ADMIN_MAILS = [
  { kind: "money_mismatch", what: "what Stripe says of it", times: 2, about: ["ch_1", "re_1"] },
  {
    kind: "refund_failed",
    refund_id: "r1",
    order_id: "o1",
    stripe_refund_id: "re_1",
    amount_cents: 15000,
  },
  { kind: "work_given_up", work: "stripe.transfer", outbox_id: 7, error: "No such destination" },
  ...["dispute_asked", "dispute_opened", "dispute_won", "dispute_lost"].map((kind) => ({
    ...dispute,
    kind,
    order_id: "o1",
    stripe_dispute_id: "dp_1",
    reason: "product_not_received",
    evidence_due_at: "2026-12-08T16:00:00+00:00",
  })),
];

function letterOf(kind: string, party: Party): Promise<Mail> {
  const notification = NotificationSchema.parse({ ...work, ...fixtureOf(kind, party) });
  return writeMail(notification, TO, isRequired(kind) ? null : TOKEN);
}

/** The fixture of a kind as one of its parties reads it, in their own zone. */
function fixtureOf(kind: string, party: Party): object {
  const { subject: _subject, link: _link, says: _says, ...fixture } = KINDS[kind]!;
  const { time_zone } = party === "coach" ? forCoach : work.booking!;
  return {
    ...fixture,
    kind,
    first_name: party === "coach" ? "Maria" : "Dana",
    told_at: fixture.told_at ?? work.told_at,
    booking: fixture.booking && { ...fixture.booking, party, time_zone },
    conversation: fixture.conversation && {
      ...fixture.conversation,
      counterpart_name: party === "coach" ? "Dana Reed" : fixture.conversation.counterpart_name,
    },
    instalment: fixture.instalment && { ...fixture.instalment, party, time_zone },
  };
}

type Party = "client" | "coach";

const SEED = Deno.readTextFileSync(new URL("../../../seed.sql", import.meta.url));

/** Whom the rules tell of a kind at first (supabase/seed.sql): the events of its name, and scheduled ones. */
function recipientsOf(kind: string): Party[] {
  const ofEvents = [...SEED.matchAll(/\('\{([a-z,]+)\}', '\{([^}]+)\}'\)/g)]
    .filter(([, , events = ""]) => events.split(/[\s,]+/).includes(kind))
    .flatMap(([, recipients = ""]) => recipients.split(","));
  const scheduled = new RegExp(`^ +\\('\\w+', '${kind}', '(\\w+)'`, "gm");
  const ofRules = [...SEED.matchAll(scheduled)].map(([, recipient = ""]) => recipient);
  const parties = [...new Set([...ofEvents, ...ofRules])] as Party[];
  if (parties.length === 0) throw new Error(`The seed tells nobody of ${kind}.`);
  return parties;
}

/** Whether a kind is in the group that the law wants in writing. */
function isRequired(kind: string): boolean {
  return new RegExp(`^ +\\('${kind}', .*'receipts'\\)`, "m").test(SEED);
}
