import { expect, it } from "vitest";

import { formatFileSize } from "./format-file-size.ts";

it.each([
  [0, "1 KB"],
  [1_500, "1 KB"],
  [300 * 1024, "300 KB"],
  [1024 * 1024, "1.0 MB"],
  [10 * 1024 * 1024, "10.0 MB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatFileSize(bytes)).toBe(text);
});
