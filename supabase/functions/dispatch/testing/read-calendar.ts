import ICAL from "ical.js";

/**
 * Reads a calendar file with one event, by a library that knows RFC 5545 and throws on what is none.
 * @param content the file in base64
 * @returns values by property of the calendar and its event, unescaped
 */
export function readCalendar(content: string): Record<string, string> {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [event, ...others] = calendar.getAllSubcomponents("vevent");
  if (!event || others.length > 0) throw new Error(`Not one event: ${text}`);

  return Object.fromEntries(
    [...calendar.getAllProperties(), ...event.getAllProperties()].map((property) => {
      const value: unknown = property.getFirstValue();
      const text = value instanceof ICAL.Time ? value.toICALString() : String(value);
      return [property.name.toUpperCase(), text];
    }),
  );
}
