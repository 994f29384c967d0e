import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { BEING_PAID } from "./fee-words.ts";
import { NoShowFeeNote } from "./no-show-fee-note.tsx";

it.each([
  { party: "client", is_being_paid: false, says: false, pays: true },
  { party: "client", is_being_paid: true, says: true, pays: false },
  { party: "coach", is_being_paid: true, says: false, pays: false },
] as const)(
  "leads to no page to pay on while a fee may be paid already, and says why: %o",
  ({ party, is_being_paid, says, pays }) => {
    const fee = {
      state: "overdue" as const,
      amount_cents: 2500,
      objection_minutes: 2880,
      retry_at: null,
      words: null,
      is_being_paid,
    };
    const html = renderToStaticMarkup(
      <NoShowFeeNote bookingId="b1" fee={fee} session={{ party, time_zone: "UTC" }} />,
    );
    expect(html.includes(BEING_PAID)).toBe(says);
    expect(html.includes("/bookings/b1/fee")).toBe(pays);
  },
);
