type Cell = string | number | null;

/**
 * A file that spreadsheets open (RFC 4180): a line of headings and one for each row.
 *
 * Words that a spreadsheet would run as a formula get an apostrophe in front, which it takes for
 * "this is text": somebody's name may be `=HYPERLINK(…)`.
 * https://owasp.org/www-community/attacks/CSV_Injection
 *
 * @param headings of the columns
 * @param rows their cells; null is empty, numbers are written as they are
 */
export function writeCsv(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map(writeCell).join(","));
  return lines.map((line) => `${line}\r\n`).join("");
}

function writeCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
