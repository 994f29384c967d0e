import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { PitchDetails } from "~/features/practice/pitch-details";

import { releaseWords } from "./release-words";

it.each([
  [2 * 1440, "2 to 3 days"],
  [2 * 1440 + 1, "3 to 4 days"],
])("counts the time in which people can object after it is known who came: %i", (minutes, days) => {
  expect(releaseWords(minutes)).toBe(
    `once nobody can object any more, ${days} after the session has ended`,
  );
});

it("is what a coach reads before they apply", () => {
  const html = renderToStaticMarkup(
    <PitchDetails
      terms={{ release_after_minutes: 2880 }}
      start={{ path: "/start", label: "Start" }}
    />,
  );
  expect(html.replaceAll(/\s+/g, " ")).toContain(`share is yours ${releaseWords(2880)}.`);
});
