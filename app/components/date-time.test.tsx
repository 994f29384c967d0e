import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { DateTime } from "./date-time.tsx";

const DATE = "Tuesday, June 2, 2026";
const FULL = `${DATE}, 2:00 PM Mountain Standard Time`;

it.each([
  ["full", FULL, null, null],
  ["date", DATE, null, FULL],
  ["medium-date", "Jun 2, 2026", DATE, FULL],
  ["short-date", "Tue, Jun 2", DATE, FULL],
  ["time", "2:00 PM", FULL, FULL],
] as const)("shows %s as %s, and says more where little is shown", (format, shown, said, title) => {
  const html = renderToStaticMarkup(
    <DateTime instant="2026-06-02T21:00:00Z" timeZone="America/Phoenix" format={format} />,
  );
  expect(html).toContain('dateTime="2026-06-02T21:00:00.000Z"');
  expect(html.replace(/<[^>]*>/g, "|").replace(/\|+/g, "|")).toBe(
    said === null ? `|${shown}|` : `|${shown}|${said}|`,
  );
  expect(/title="([^"]*)"/.exec(html)?.[1] ?? null).toBe(title);
});
