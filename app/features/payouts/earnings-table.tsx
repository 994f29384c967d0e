import { DateTime } from "~/components/date-time";
import { Money } from "~/components/money";
import { Badge } from "~/components/ui/badge";
import { bookingPath } from "~/lib/paths";

import { earningTitle, holdWords, stateWords, type EarningState } from "./earnings";
import type { Earning } from "./earnings.server";

type EarningsTableProps = { earnings: Earning[]; timeZone: string };

const AMOUNT = "px-3 py-3.5 text-right align-top tabular-nums";
/** Columns that only wide screens have room for. */
const WIDE = "hidden md:table-cell";

const LOOKS = {
  pending: "lamp",
  on_hold: "destructive",
  available: "default",
  paid: "success",
  nothing: "outline",
} as const satisfies Record<EarningState, string>;

/** What each paid session brought, and where its money is. */
export function EarningsTable({ earnings, timeZone }: EarningsTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-card">
      <table className="w-full text-left text-[0.9375rem]">
        <caption className="sr-only">Your sessions, newest first</caption>
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
            <EarningRow
              key={earning.booking_id ?? earning.order_id}
              earning={earning}
              timeZone={timeZone}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EarningRow({ earning, timeZone }: { earning: Earning; timeZone: string }) {
  const client = earning.client_name || "A former member";
  const why = holdWords(earning);
  const bookingId = earning.booking_id ?? earning.missed_booking_id;
  return (
    <tr>
      <th scope="row" className="py-3.5 pl-5 pr-3 align-top font-normal">
        {bookingId ? (
          <a href={bookingPath(bookingId)} className="font-medium hover:underline">
            {client}
          </a>
        ) : (
          <span className="font-medium">{client}</span>
        )}
        <span className="block text-sm text-muted-foreground">
          <DateTime instant={earning.starts_at} timeZone={timeZone} format="medium-date" />
          {" · "}
          {earningTitle(earning)}
        </span>
      </th>
      <Amount cents={earning.paid_cents} wide />
      <Amount cents={-earning.refunded_cents} wide />
      <Amount cents={-earning.fee_cents} wide />
      <Amount cents={earning.share_cents} />
      <td className="py-3.5 pl-3 pr-5 align-top">
        <Badge variant={LOOKS[earning.state]}>{stateWords(earning)}</Badge>
        {why ? (
          <span className="mt-1 block max-w-56 text-sm text-muted-foreground">{why}</span>
        ) : null}
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
