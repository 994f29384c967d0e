import type Stripe from "stripe";
import { z } from "zod";

const VisitSchema = z.object({
  party: z.enum(["client", "coach"]),
  from: z.string(),
  to: z.string(),
});

const SessionSchema = z.object({
  starts_at: z.string(),
  ends_at: z.string(),
  status: z.enum(["confirmed", "completed", "cancelled", "no_show_client", "no_show_coach"]),
  sentence: z.string().nullable(),
  visits: z.array(VisitSchema),
});

/** What evidence_work says of a dispute (supabase/schemas/disputes). */
export const EvidenceSchema = z.object({
  dispute_id: z.string(),
  stripe_dispute_id: z.string(),
  status: z.string(),
  client_name: z.string(),
  coach_name: z.string(),
  offer_title: z.string(),
  session_count: z.number(),
  agreed_at: z.string(),
  full_refund_minutes: z.number(),
  partial_refund_minutes: z.number(),
  partial_refund_percent: z.number(),
  sessions: z.array(SessionSchema),
});

type Work = z.infer<typeof EvidenceSchema>;
type Session = z.infer<typeof SessionSchema>;

/** Stripe takes 20,000 characters of one text. */
const LONGEST = 20_000;

/** What we tell a bank, in its reader's words: times are UTC, because it may be anywhere. */
export function writeEvidence(work: Work): Stripe.DisputeUpdateParams.Evidence {
  const held = work.sessions.filter(({ status }) => status === "completed");
  const first = held[0] ?? work.sessions[0];
  return {
    ...(work.client_name && { customer_name: work.client_name }),
    ...(first && { service_date: day(first.starts_at) }),
    product_description: `${work.offer_title} with ${work.coach_name}: ${counted(work.session_count, "coaching session")} by video call.`,
    cancellation_policy_disclosure: policy(work),
    refund_policy_disclosure: `Shown on the page where the session was chosen and again before payment on ${day(work.agreed_at)}. ${policy(work)}`,
    uncategorized_text: record(work).slice(0, LONGEST),
  };
}

/** The policy as it was agreed. */
function policy(work: Work): string {
  const { full_refund_minutes: full, partial_refund_minutes: partial } = work;
  const percent = work.partial_refund_percent;
  const hasPartial = partial < full && percent > 0;
  return [
    full > 0
      ? `A client who cancels at least ${span(full)} before the start gets everything back.`
      : "A client who cancels before the start gets everything back.",
    ...(hasPartial
      ? [`Until ${partial > 0 ? `${span(partial)} before` : "the start"}, ${percent}% comes back.`]
      : []),
    ...(full > 0 && (!hasPartial || partial > 0) ? ["Later than that, nothing comes back."] : []),
    "If the coach cancels or does not come, everything comes back.",
  ].join(" ");
}

function span(minutes: number): string {
  if (minutes % 60 !== 0) return counted(minutes, "minute");
  return counted(minutes / 60, "hour");
}

/** Each session, what became of it, and who was in the video meeting when, as Zoom recorded it. */
function record(work: Work): string {
  if (work.sessions.length === 0) return "No session of this purchase has been booked yet.";
  return [
    "Record of the sessions, with the visits to the video meeting as its provider (Zoom) recorded them. All times are UTC.",
    ...work.sessions.map((session, index) => sessionRecord(session, index + 1)),
  ].join("\n\n");
}

const STATUS: Record<Session["status"], string> = {
  confirmed: "is booked",
  completed: "took place",
  cancelled: "was cancelled",
  no_show_client: "the client did not come",
  no_show_coach: "the coach did not come",
};

function sessionRecord(session: Session, number: number): string {
  const { starts_at, ends_at, status, sentence, visits } = session;
  return [
    `Session ${number}: ${moment(starts_at)} to ${moment(ends_at)}: ${STATUS[status]}.`,
    ...(sentence ? [sentence] : []),
    ...visits.map(
      ({ party, from, to }) =>
        `${party === "client" ? "Client" : "Coach"} in the meeting from ${moment(from)} to ${moment(to)}.`,
    ),
  ].join("\n");
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function day(at: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(at),
  );
}

function moment(at: string): string {
  return new Intl.DateTimeFormat("en-US", {
    dateStyle: "long",
    timeStyle: "medium",
    timeZone: "UTC",
  }).format(new Date(at));
}
