import { expect, it } from "vitest";

import { writeCsv } from "./csv.ts";

it("writes headings and rows, a line each", () => {
  const file = writeCsv(
    ["Client", "Share"],
    [
      ["Dana", 85.5],
      ["Omar", null],
    ],
  );
  expect(file).toBe("Client,Share\r\nDana,85.5\r\nOmar,\r\n");
});

it("quotes what would end a cell or a line", () => {
  expect(writeCsv(["a"], [['Fallow, Dana "D"'], ["two\nlines"], ["a\rb"]])).toBe(
    'a\r\n"Fallow, Dana ""D"""\r\n"two\nlines"\r\n"a\rb"\r\n',
  );
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("keeps %j from being run", (text) => {
  expect(writeCsv([], [[text]])).toBe(`\r\n'${text}\r\n`);
});

it("quotes a formula that has a comma, too", () => {
  expect(writeCsv([], [['=HYPERLINK("x","y")']])).toBe(`\r\n"'=HYPERLINK(""x"",""y"")"\r\n`);
});

it("leaves numbers and words alone", () => {
  expect(writeCsv([], [[-5, 0, "a-b", "1 = 1"]])).toBe("\r\n-5,0,a-b,1 = 1\r\n");
});
