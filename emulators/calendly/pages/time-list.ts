import { html, type Html } from "../../shared/page.ts";

/**
 * Free times as radio buttons, by day.
 *
 * @param starts milliseconds since 1970
 */
export function timeList(starts: number[], timeZone: string): Html {
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone });
  const time = new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone });
  const days = new Map<string, number[]>();
  for (const start of starts) {
    const name = day.format(start);
    days.set(name, [...(days.get(name) ?? []), start]);
  }
  if (days.size === 0) return html`<p>No times are free.</p>`;

  return html`${[...days].map(
    ([name, ofDay]) =>
      html`<fieldset>
        <legend>${name}</legend>
        ${ofDay.map(
          (start) =>
            html`<label>
              <input type="radio" name="start" value="${start}" required />
              ${time.format(start)}
            </label>`,
        )}
      </fieldset>`,
  )}`;
}

/** A moment in words, with its zone. */
export function moment(iso: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat("en-US", {
    dateStyle: "full",
    timeStyle: "short",
    timeZone,
  }).format(Date.parse(iso));
  return `${text} (${timeZone})`;
}
