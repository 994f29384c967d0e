import { formatMoney } from "~/lib/format-money";

type MoneyProps = { cents: number; alwaysCents?: boolean; className?: string };

/** An amount of US dollars, given in cents. */
export function Money({ cents, alwaysCents = false, className }: MoneyProps) {
  return (
    <data value={(cents / 100).toFixed(2)} className={className}>
      {formatMoney(cents, { alwaysCents })}
    </data>
  );
}
