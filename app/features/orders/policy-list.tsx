import { policyWords, type CancellationPolicy } from "./policy-words";

/** A cancellation policy, one sentence a line. */
export function PolicyList({ policy }: { policy: CancellationPolicy }) {
  return (
    <ul className="space-y-1.5 text-[0.9375rem] text-muted-foreground">
      {policyWords(policy).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
