/**
 * How full a date is, for its coach.
 *
 * @param taken how many seats somebody has
 * @param seats how many there are
 */
export function seatsTakenWords(taken: number, seats: number): string {
  return `${taken} of ${seats} seats`;
}

/**
 * What is left of a date, for whoever looks for a seat.
 *
 * @param left how many seats nobody has
 */
export function seatsLeftWords(left: number): string {
  if (left <= 0) return "Full";
  return left === 1 ? "1 seat left" : `${left} seats left`;
}
