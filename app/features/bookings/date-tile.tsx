import { formatShortDate, type Instant } from "~/lib/format-date";

type DateTileProps = { instant: Instant; timeZone: string };

/** A day as a leaf of a calendar. The date is written out beside it, so it is not read out. */
export function DateTile({ instant, timeZone }: DateTileProps) {
  const [weekday, monthAndDay = ""] = formatShortDate(instant, timeZone).split(", ");
  const [month, day] = monthAndDay.split(" ");
  return (
    <div
      aria-hidden
      className="grid w-14 overflow-hidden rounded-md border text-center leading-tight"
    >
      <span className="bg-secondary py-0.5 text-xs font-medium text-secondary-foreground">
        {month}
      </span>
      <span className="pt-1 font-display text-xl font-[550] tabular-nums">{day}</span>
      <span className="pb-1 text-xs text-muted-foreground">{weekday}</span>
    </div>
  );
}
