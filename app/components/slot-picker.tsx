import {
  formatDate,
  formatShortDate,
  formatTime,
  formatZone,
  type Instant,
} from "~/lib/format-date";
import { groupByDay, type Slot } from "~/lib/group-by-day";

type SlotPickerProps = {
  /** In order of time; at least one. */
  slots: Slot[];
  /** The reader's IANA zone. */
  timeZone: string;
  /** The form field: its value is the slot's `startsAt`. */
  name: string;
  /** The `startsAt` that is chosen at first. */
  chosen?: string | null;
  /** The id of an element that says what is wrong with the choice. */
  errorId?: string | undefined;
};

/**
 * Days with times to choose from: radio buttons inside the caller's form. Each reads out as its full
 * date, time and zone.
 */
export function SlotPicker({ slots, timeZone, name, chosen, errorId }: SlotPickerProps) {
  return (
    <div className="space-y-6">
      <ZoneNote slots={slots} timeZone={timeZone} />
      <div className="grid gap-x-4 gap-y-7 sm:grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]">
        {groupByDay(slots, timeZone).map(({ day, slots: daySlots }) => (
          <fieldset key={day} className="min-w-0" aria-describedby={errorId}>
            <DayLegend instant={daySlots[0]!.startsAt} timeZone={timeZone} />
            <div className="grid grid-cols-3 gap-2 sm:grid-cols-1">
              {daySlots.map((slot) => (
                <SlotRadio
                  key={slot.startsAt}
                  slot={slot}
                  timeZone={timeZone}
                  name={name}
                  isChosen={slot.startsAt === chosen}
                  sameTimeTwice={hasTwin(slot, daySlots, timeZone)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </div>
  );
}

/** Names the zone, or both names in a week in which the clocks change. */
function ZoneNote({ slots, timeZone }: { slots: Slot[]; timeZone: string }) {
  const names = [...new Set(slots.map((slot) => formatZone(slot.startsAt, timeZone)))];
  return (
    <p className="text-[0.9375rem] text-muted-foreground" suppressHydrationWarning>
      Times are in <span className="font-medium text-foreground">{names.join(", then ")}</span>
      {names.length > 1 ? ": the clocks change that week." : "."}
    </p>
  );
}

function DayLegend({ instant, timeZone }: { instant: Instant; timeZone: string }) {
  const [weekday, day] = formatShortDate(instant, timeZone).split(", ");
  return (
    <legend className="mb-2.5 w-full border-b pb-2">
      <span className="sr-only">{formatDate(instant, timeZone)}</span>
      <span aria-hidden className="flex items-baseline gap-2 sm:block">
        <span className="text-sm text-muted-foreground">{weekday}</span>
        <span className="block font-display text-lg font-[550] tracking-[-0.01em]">{day}</span>
      </span>
    </legend>
  );
}

type SlotRadioProps = {
  slot: Slot;
  timeZone: string;
  name: string;
  isChosen: boolean;
  /** Another slot of the day has the same wall time: the clocks go back. */
  sameTimeTwice: boolean;
};

function SlotRadio({ slot, timeZone, name, isChosen, sameTimeTwice }: SlotRadioProps) {
  const time = formatTime(slot.startsAt, timeZone);
  const zone = formatZone(slot.startsAt, timeZone);
  return (
    <label className="flex min-h-11 cursor-pointer flex-col items-center justify-center rounded-md border border-input/60 bg-card px-2 py-1.5 text-[0.9375rem] font-medium tabular-nums transition-colors hover:border-primary hover:bg-accent has-[:checked]:border-primary has-[:checked]:bg-primary has-[:checked]:text-primary-foreground has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring">
      <input
        type="radio"
        name={name}
        value={slot.startsAt}
        defaultChecked={isChosen}
        required
        className="sr-only"
      />
      {time}
      {sameTimeTwice ? (
        <span className="text-xs font-normal">{zone}</span>
      ) : (
        <span className="sr-only">{zone}</span>
      )}
    </label>
  );
}

function hasTwin(slot: Slot, daySlots: Slot[], timeZone: string): boolean {
  const time = formatTime(slot.startsAt, timeZone);
  return daySlots.some((other) => other !== slot && formatTime(other.startsAt, timeZone) === time);
}
