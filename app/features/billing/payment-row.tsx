import { DateTime } from "~/components/date-time";
import { Row } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";
import { formatMoney } from "~/lib/format-money";
import { bookingPath, membershipPath } from "~/lib/paths";

import type { BillingRow } from "./billing.server";
import { paymentStateWords, paymentTitle, returnedWords } from "./billing-words";

/** One payment: what for, how much, how it stands, and Stripe's papers of it. */
export function PaymentRow({ payment, timeZone }: { payment: BillingRow; timeZone: string }) {
  const returned = returnedWords(payment);
  const title = paymentTitle(payment);
  const path = payment.membership_id
    ? membershipPath(payment.membership_id)
    : payment.first_booking_id && bookingPath(payment.first_booking_id);
  return (
    <Row
      title={
        path ? (
          <a href={path} className="text-link">
            {title}
          </a>
        ) : (
          title
        )
      }
      trail={
        <>
          <span className="mr-auto font-display text-lg font-[550] tabular-nums sm:mr-2">
            {formatMoney(payment.gross_cents, { alwaysCents: true })}
          </span>
          <Badge variant="outline">{paymentStateWords(payment)}</Badge>
        </>
      }
    >
      <p>
        <DateTime instant={payment.created_at} timeZone={timeZone} format="medium-date" />, with{" "}
        {payment.coach_name}
        {payment.session_count > 1 ? `, ${payment.session_count} sessions` : null}
        {payment.period_starts_at && payment.period_ends_at ? (
          <>
            , for{" "}
            <DateTime instant={payment.period_starts_at} timeZone={timeZone} format="medium-date" />{" "}
            to{" "}
            <DateTime instant={payment.period_ends_at} timeZone={timeZone} format="medium-date" />
          </>
        ) : null}
        {payment.is_no_show_fee && payment.starts_at ? (
          <>
            , for the session of{" "}
            <DateTime instant={payment.starts_at} timeZone={timeZone} format="medium-date" /> that
            you missed
          </>
        ) : null}
      </p>
      {payment.tax_cents > 0 ? (
        <p>Including {formatMoney(payment.tax_cents, { alwaysCents: true })} tax</p>
      ) : null}
      {returned ? <p>{returned}</p> : null}
      <Papers payment={payment} />
    </Row>
  );
}

function Papers({ payment }: { payment: BillingRow }) {
  const papers = [
    { href: payment.receipt_url, label: "Receipt" },
    { href: payment.invoice_url, label: `Invoice ${payment.invoice_number ?? ""}`.trim() },
    { href: payment.invoice_pdf_url, label: "Invoice as PDF" },
  ];
  if (papers.every(({ href }) => !href)) return null;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 pt-1">
      {papers.map(({ href, label }) =>
        href ? (
          <a key={label} href={href} className="text-link">
            {label}
            <span className="sr-only"> for {paymentTitle(payment)}</span>
          </a>
        ) : null,
      )}
    </p>
  );
}
