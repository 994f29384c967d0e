import type { ReactNode } from "react";

type PackageTermsListProps = {
  coachName: string;
  isInstant: boolean;
  validMonths: number;
  /** In how many parts it can be paid; null for at once only. */
  instalments: number | null;
  /** The coach's policy in sentences. */
  policy: string[];
};

/** How a package is used, what becomes of what is left, and what happens when plans change. */
export function PackageTermsList(props: PackageTermsListProps) {
  const { coachName, isInstant, validMonths, instalments, policy } = props;
  const months = validMonths === 1 ? "a month" : `${validMonths} months`;
  return (
    <>
      <Part title="How it works">
        <li>
          {instalments ? "Pay" : "Pay once"}, then choose a time for each session whenever you like.{" "}
          {isInstant
            ? "A free time is yours at once."
            : `${coachName} is asked before each, and a session that is declined goes back to your package.`}
        </li>
        <li>
          You have {months} from the day you {instalments ? "first " : ""}pay to use them.
        </li>
        <li>What is left then is paid back to your card, at what each session cost.</li>
        {instalments ? (
          <li>
            Paid in {instalments} monthly parts, each gives you its share of the sessions. You can
            stop whenever you like, and keep what you have paid for.
          </li>
        ) : null}
      </Part>
      <Part title="If plans change">
        <li>
          This holds for each session by itself. Where you get everything back, the session goes
          back to your package.
        </li>
        {policy.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="border-t px-5 py-4 sm:px-6">
      <h2 className="font-sans text-[0.9375rem] font-semibold">{title}</h2>
      <ul className="mt-1.5 space-y-1.5 text-[0.9375rem] text-muted-foreground">{children}</ul>
    </div>
  );
}
