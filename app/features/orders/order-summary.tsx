import type { ReactNode } from "react";

import { PlusTax } from "~/components/plus-tax";
import { formatMoney } from "~/lib/format-money";

type OrderSummaryProps = {
  /** "What you are booking": read out before it. */
  label: string;
  title: string;
  coachName: string;
  /** How many sessions it pays, all for the same. */
  sessions: number;
  /** What is paid in all, and what a coupon took off. */
  amountCents: number;
  discountCents: number;
  /** Whether Stripe takes tax on top. */
  isTaxed: boolean;
  /** "To pay now". */
  due: string;
  /** When they are. */
  times?: ReactNode;
  /** What holds for it, below the sum. */
  children?: ReactNode;
};

/** What a checkout is about: the sessions, what each costs, what a coupon takes off, and what is due. */
export function OrderSummary(props: OrderSummaryProps) {
  const { label, title, coachName, sessions, amountCents, discountCents, due, times } = props;
  const each = formatMoney((amountCents + discountCents) / sessions, { alwaysCents: true });
  return (
    <section aria-label={label} className="rounded-lg border bg-card">
      <div className="space-y-1 p-5 sm:p-6">
        <h2 className="text-display-sm">{title}</h2>
        <p className="text-muted-foreground">with {coachName}</p>
        {times}
      </div>
      {sessions > 1 || discountCents > 0 ? (
        <Line
          label={sessions > 1 ? `${sessions} sessions` : "1 session"}
          amount={`${sessions} × ${each}`}
        />
      ) : null}
      {discountCents > 0 ? (
        <Line label="Coupon" amount={formatMoney(-discountCents, { alwaysCents: true })} />
      ) : null}
      <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 sm:px-6">
        <span className="font-semibold">{due}</span>
        <span className="text-right">
          <span className="font-display text-display-sm font-[550] tabular-nums">
            {formatMoney(amountCents, { alwaysCents: true })}
          </span>
          <PlusTax isTaxed={props.isTaxed} />
        </span>
      </p>
      {props.children}
    </section>
  );
}

function Line({ label, amount }: { label: string; amount: string }) {
  return (
    <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 text-muted-foreground sm:px-6">
      <span>{label}</span>
      <span className="tabular-nums">{amount}</span>
    </p>
  );
}
