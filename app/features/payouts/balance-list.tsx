import { Money } from "~/components/money";
import { Stat, StatList } from "~/components/stat";

import type { Balance } from "./earnings.server";

/** How a coach stands in all: what is to come, what waits, what is on its way and what was paid. */
export function BalanceList({ balance }: { balance: Balance }) {
  const { pending_cents, on_hold_cents, available_cents, paid_cents, owed_cents } = balance;
  return (
    <div className="space-y-6">
      <StatList>
        <Stat
          label="Pending"
          value={<Money cents={pending_cents} alwaysCents />}
          note="Not held yet, or held a moment ago"
        />
        <Stat
          label="On hold"
          value={<Money cents={on_hold_cents} alwaysCents />}
          note="Each session below says why"
        />
        <Stat
          label="On its way"
          value={<Money cents={available_cents} alwaysCents />}
          note="Yours, and being sent to Stripe"
        />
        <Stat
          label="Paid"
          value={<Money cents={paid_cents} alwaysCents />}
          note="In your account at Stripe, or in your bank"
        />
      </StatList>
      {owed_cents > 0 ? (
        <p className="max-w-prose rounded-lg border bg-card px-5 py-4">
          You owe <Money cents={owed_cents} alwaysCents className="font-semibold" />: clients got
          money back that you had been paid, and your account at Stripe did not have it any more. We
          keep it back from your next earnings; there is nothing for you to do.
        </p>
      ) : null}
    </div>
  );
}
