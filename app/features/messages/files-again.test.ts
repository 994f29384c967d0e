import { expect, it } from "vitest";

import { askForFilesAgain } from "./files-again";

const AGAIN = expect.stringMatching(/Choose them again/);

it.each([
  ["nothing without files", 0, undefined, undefined],
  ["that they are to be chosen again", 1, undefined, { files: [AGAIN] }],
  [
    "it besides what is wrong with the words",
    2,
    { body: ["Why?"] },
    { body: ["Why?"], files: [AGAIN] },
  ],
  ["nothing more of one that was refused", 1, { files: ["Too large."] }, { files: ["Too large."] }],
  ["it of the others", 2, { files: ["Too large."] }, { files: ["Too large.", AGAIN] }],
] as const)("says %s", (_what, count, error, expected) => {
  const result = {
    initialValue: { body: "Hello" },
    ...(error && { error: structuredClone(error) }),
  };
  const answer = askForFilesAgain(result as never, Array.from({ length: count }));
  expect(answer).toEqual({ initialValue: { body: "Hello" }, ...(expected && { error: expected }) });
});
