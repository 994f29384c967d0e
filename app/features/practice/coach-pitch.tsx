import { Button } from "~/components/ui/button";
import { coachShare, feePercent } from "~/lib/fee";
import { formatMoney } from "~/lib/format-money";

type CoachPitchProps = { feeBasisPoints: number; start: { path: string; label: string } };

const EXAMPLE_CENTS = 15_000;

/** Why somebody with experience would coach here, and what a session brings them, on a receipt. */
export function CoachPitch({ feeBasisPoints, start }: CoachPitchProps) {
  const share = coachShare(EXAMPLE_CENTS, feeBasisPoints);
  return (
    <section className="bg-plan text-plan-foreground">
      <div className="mx-auto grid max-w-page items-center gap-x-16 gap-y-12 px-5 py-14 sm:px-8 lg:grid-cols-[1.3fr_1fr] lg:py-24">
        <div>
          <h1 className="text-[2.5rem] leading-[1.05] tracking-[-0.028em] sm:text-display-xl">
            You know how that conversation goes.
          </h1>
          <p className="mt-5 max-w-xl text-lg leading-relaxed text-plan-muted">
            Somebody has it on Thursday for the first time. Rehearse it with them: one to one, at
            your price, in the hours you choose. We bring the page, the calendar, the meeting and
            the payment.
          </p>
          <Button asChild variant="lamp" size="lg" className="mt-8">
            <a href={start.path}>{start.label}</a>
          </Button>
        </div>
        <dl className="rounded-lg border border-plan-foreground/20 bg-plan-foreground/5 px-6 py-2 text-[1.0625rem] tabular-nums sm:px-8">
          <Line
            term="A session at your price"
            amount={formatMoney(EXAMPLE_CENTS, { alwaysCents: true })}
          />
          <Line
            term={`Our fee, ${feePercent(feeBasisPoints)}`}
            amount={formatMoney(share - EXAMPLE_CENTS, { alwaysCents: true })}
          />
          <Line term="Monthly fee, listing fee" amount="$0.00" />
          <div className="flex items-baseline justify-between gap-6 border-t-2 border-lamp py-5">
            <dt className="font-semibold">Yours</dt>
            <dd className="font-display text-display-md font-[550]">
              {formatMoney(share, { alwaysCents: true })}
            </dd>
          </div>
        </dl>
      </div>
    </section>
  );
}

function Line({ term, amount }: { term: string; amount: string }) {
  return (
    <div className="flex items-baseline justify-between gap-6 border-b border-plan-foreground/15 py-4 last:border-b-0">
      <dt className="text-plan-muted">{term}</dt>
      <dd>{amount}</dd>
    </div>
  );
}
