import type { WeekName } from "./coach-copy.ts";

/** Hours of one weekday in the coach's own zone; 1 is Monday. */
export type Block = { weekday: number; startsAt: string; endsAt: string };

function on(weekdays: number[], startsAt: string, endsAt: string): Block[] {
  return weekdays.map((weekday) => ({ weekday, startsAt, endsAt }));
}

/** The hours behind each way to work. */
export const WEEKS: Record<WeekName, Block[]> = {
  mornings: on([1, 2, 3, 4, 5], "08:00", "12:00"),
  afternoons: on([2, 3, 4, 5], "13:00", "18:00"),
  "split days": [...on([1, 2, 3, 4], "09:00", "11:30"), ...on([1, 2, 3, 4], "14:00", "17:00")],
  evenings: [...on([1, 2, 3, 4], "17:00", "20:30"), ...on([6], "09:00", "12:00")],
  "office hours": on([1, 2, 3, 4, 5], "09:00", "17:00"),
  early: on([1, 2, 3, 4, 5], "06:30", "10:30"),
  weekends: [
    ...on([5], "12:00", "17:00"),
    ...on([6], "09:00", "15:00"),
    ...on([7], "13:00", "17:00"),
  ],
  "three days": on([1, 3, 5], "10:00", "16:00"),
};
