/**
 * Reads a calendar file with one event, as RFC 5545 says: folded lines joined (by bytes, so that a
 * letter may be cut in two), values unescaped. Parameters stay before a value: an ATTENDEE is
 * "PARTSTAT=ACCEPTED:mailto:…".
 * @param content the file in base64
 * @returns values by property
 */
export function readCalendar(content: string): Record<string, string> {
  const unfolded = atob(content).replaceAll(/\r\n[ \t]/g, "");
  const bytes = Uint8Array.from(unfolded, (character) => character.charCodeAt(0));
  const lines = new TextDecoder("utf-8", { fatal: true }).decode(bytes).split("\r\n");

  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const [, name = "", value = ""] = /^([A-Z-]+)[:;](.*)$/s.exec(line) ?? [];
      return [name, value.replaceAll(/\\([\\;,])/g, "$1").replaceAll("\\n", "\n")];
    }),
  );
}
