/**
 * How full a date is, for its coach.
 *
 * @param taken how many seats somebody has
 * @param seats how many there are
 */
export function seatsTakenWords(taken: number, seats: number): string {
  return `${taken} of ${seats} seats`;
}
