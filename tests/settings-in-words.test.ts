import { globSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

/**
 * Spans of time that pages and mails state and that are no setting: what vendors and banks do, how often a job
 * runs, how far a page looks ahead, and rules that stand in SQL as they are.
 */
const NO_SETTINGS = [
  /Nothing was written here for 90 days/, // is_over
  /Banks take five to ten days/i,
  /That takes up to three months/, // a bank's decision
  /by ourselves three days before/, // record_dispute
  /It takes five minutes/, // Stripe's questions
  /say it out loud within five minutes/,
  /every ten minutes/, // cron
  /all twelve months/,
  /[Nn]ext (two|three) weeks/,
  /The seven days (before|after)/,
];

const NUMBER = "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|ninety";
const SPAN = new RegExp(
  `\\b(?:(?:${NUMBER}|\\d+) (?:minutes|hours|days|weeks|months)|(?:${NUMBER}|\\d+) times a (?:day|week|month)|(?:within|has|have) an? (?:hour|day|week|month))\\b`,
  "gi",
);

/** The code of pages and mails without its comments, on one line. */
function words(file: string): string {
  return readFileSync(file, "utf8")
    .replaceAll(/\/\*.*?\*\//gs, " ")
    .replaceAll(/(^|\s)\/\/.*$/gm, " ")
    .replaceAll(/\{" "\}/g, " ")
    .replaceAll(/\s+/g, " ");
}

it("states no span of time that is a setting: those come from its row", () => {
  const files = globSync(["app/**/*.{ts,tsx}", "supabase/functions/**/*.{ts,tsx}"], {
    exclude: (name) => /\.test\.|testing|database\.types/.test(name),
  });
  const stated = files.flatMap((file) => {
    const text = words(file);
    return [...text.matchAll(SPAN)]
      .map(({ index, 0: span }) => text.slice(Math.max(0, index - 60), index + span.length + 20))
      .filter((sentence) => !NO_SETTINGS.some((allowed) => allowed.test(sentence)))
      .map((sentence) => `${file}: …${sentence}…`);
  });
  expect(files.length).toBeGreaterThan(300);
  expect(stated).toEqual([]);
});
