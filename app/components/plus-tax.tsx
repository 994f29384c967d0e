/** What is said after prices while Stripe takes tax on top of them. */
export function PlusTax({ isTaxed }: { isTaxed: boolean }) {
  if (!isTaxed) return null;
  return (
    <span className="block font-sans text-sm font-normal text-muted-foreground">
      plus tax where it applies
    </span>
  );
}
