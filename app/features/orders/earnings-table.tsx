import { DateTime } from "~/components/date-time";
import { Money } from "~/components/money";
import { Badge } from "~/components/ui/badge";
import { bookingPath } from "~/lib/paths";

import { earningState, type EarningTotals } from "./earnings";
import type { Earning } from "./earnings.server";

type EarningsTableProps = {
  earnings: Earning[];
  totals: EarningTotals;
  /** What the last line adds up. */
  totalLabel: string;
  timeZone: string;
};

const AMOUNT = "px-3 py-3.5 text-right tabular-nums";
/** Columns that only wide screens have room for. */
const WIDE = "hidden md:table-cell";

const LOOKS = { Available: "success", Pending: "lamp", Refunded: "outline" } as const;

/** What each paid session brought, and the sum. */
export function EarningsTable({ earnings, totals, totalLabel, timeZone }: EarningsTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-card">
      <table className="w-full text-left text-[0.9375rem]">
        <thead className="border-b text-sm text-muted-foreground">
          <tr>
            <th scope="col" className="py-3 pl-5 pr-3 font-medium">
              Session
            </th>
            <th scope="col" className={`${AMOUNT} ${WIDE} font-medium`}>
              Paid
            </th>
            <th scope="col" className={`${AMOUNT} ${WIDE} font-medium`}>
              Returned
            </th>
            <th scope="col" className={`${AMOUNT} ${WIDE} font-medium`}>
              Fee
            </th>
            <th scope="col" className={`${AMOUNT} font-medium`}>
              Your share
            </th>
            <th scope="col" className="py-3 pl-3 pr-5 font-medium">
              State
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {earnings.map((earning) => (
            <EarningRow key={earning.booking_id} earning={earning} timeZone={timeZone} />
          ))}
        </tbody>
        <tfoot className="border-t-2 border-foreground font-semibold">
          <tr>
            <th scope="row" className="py-3.5 pl-5 pr-3">
              {totalLabel}
            </th>
            <Amount cents={totals.paid} wide />
            <Amount cents={-totals.refunded} wide />
            <Amount cents={-totals.fee} wide />
            <Amount cents={totals.share} />
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function EarningRow({ earning, timeZone }: { earning: Earning; timeZone: string }) {
  const state = earningState(earning);
  return (
    <tr>
      <th scope="row" className="py-3.5 pl-5 pr-3 font-normal">
        <a href={bookingPath(earning.booking_id)} className="font-medium hover:underline">
          {earning.client_name || "A former member"}
        </a>
        <span className="block text-sm text-muted-foreground">
          <DateTime instant={earning.starts_at} timeZone={timeZone} format="medium-date" />
          {" · "}
          {earning.offer_title}
        </span>
      </th>
      <Amount cents={earning.paid_cents} wide />
      <Amount cents={-earning.refunded_cents} wide />
      <Amount cents={-earning.fee_cents} wide />
      <Amount cents={earning.share_cents} />
      <td className="py-3.5 pl-3 pr-5">
        <Badge variant={LOOKS[state]}>{state}</Badge>
      </td>
    </tr>
  );
}

function Amount({ cents, wide = false }: { cents: number; wide?: boolean }) {
  return (
    <td className={wide ? `${AMOUNT} ${WIDE}` : AMOUNT}>
      {cents === 0 ? (
        <span className="text-muted-foreground">
          <span aria-hidden>–</span>
          <span className="sr-only">nothing</span>
        </span>
      ) : (
        <Money cents={cents} alwaysCents />
      )}
    </td>
  );
}
