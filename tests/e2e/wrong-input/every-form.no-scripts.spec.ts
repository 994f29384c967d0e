/* Every route that takes a form is tried with wrong input (the tables beside this file), or there is nothing to type. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../../supabase/local/paths.ts";
import { expect, test } from "../support/test.ts";
import { ACCOUNT_FORMS } from "./accounts-forms.ts";
import { BOOKING_FORMS } from "./bookings-forms.ts";
import { GROUP_FORMS } from "./groups-forms.ts";
import { MEMBERSHIP_FORMS } from "./memberships-forms.ts";
import { MESSAGE_FORMS } from "./messages-forms.ts";
import { OFFER_FORMS } from "./offers-forms.ts";
import { PACKAGE_FORMS } from "./packages-forms.ts";
import { PRACTICE_FORMS } from "./practice-forms.ts";
import { REVIEW_FORMS } from "./reviews-forms.ts";

const FORMS = [
  ...ACCOUNT_FORMS,
  ...BOOKING_FORMS,
  ...GROUP_FORMS,
  ...MEMBERSHIP_FORMS,
  ...MESSAGE_FORMS,
  ...OFFER_FORMS,
  ...PACKAGE_FORMS,
  ...PRACTICE_FORMS,
  ...REVIEW_FORMS,
];

/** A button or a list and nothing to type, or called by our own script. */
const NOTHING_TO_TYPE = [
  "booked-at-calendly.$id.tsx",
  "bookings.$bookingId.name.ts",
  "bookings.$bookingId.sooner.tsx",
  "bookings.$bookingId.checkout.tsx",
  "bookings.$bookingId.fee.tsx",
  "bookings.$bookingId.recording.agree.ts",
  "bookings.$bookingId.recording.revoke.ts",
  "bookings.$bookingId.release.ts",
  "bookings.$bookingId.withdraw.ts",
  "coach.apply.ts",
  "coach.calendly.connect.ts",
  "coach.calendly.disconnect.tsx",
  "coach.earnings.payouts._index.tsx",
  "coach.earnings.payouts.dashboard.ts",
  "coach.availability.away.$id.remove.ts",
  "coach.availability.dates.$day.remove.ts",
  "coach.availability.travel.$id.remove.ts",
  "coach.offers.$offerId.archive.tsx",
  "memberships.$membershipId.cancel.ts",
  "memberships.$membershipId.keep.ts",
  "memberships.$membershipId.pause.ts",
  "memberships.$membershipId.resume.ts",
  "coach.answers.$answerId.delete.ts",
  "coach.coupons.$couponId.end.ts",
  "notifications._index.tsx",
  "messages.$conversationId_.block.ts",
  "messages.$conversationId_.change.$messageId.delete.ts",
  "messages.$conversationId_.unblock.ts",
  "orders.$orderId.checkout.tsx",
  "packages.$orderId.stop.ts",
  "reset-password_.resend.tsx",
  "resources.messages.$conversationId.ts",
  "settings_.billing_.portal.ts",
  "settings_.calendar.tsx",
  "settings_.mails.confirm.ts",
  "sign-in_.google.ts",
  "sign-in_.resend.tsx",
  "sign-out.tsx",
  "sign-up_.resend.tsx",
  "theme.ts",
  "time-zone.ts",
  "unsubscribe.$token.tsx",
];

test("no form is left out", () => {
  const routes = join(ROOT, "app/routes");
  const withAction = readdirSync(routes).filter((file) =>
    /export (async )?function action/.test(readFileSync(join(routes, file), "utf8")),
  );
  const tried = new Set(FORMS.map(({ route }) => route));
  expect(withAction.sort()).toEqual([...tried, ...NOTHING_TO_TYPE].sort());
});
