import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { splitLinks } from "./split-links.ts";

const linksOf = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

describe("splitLinks", () => {
  it("finds what people write as an address", () => {
    expect(splitLinks("See https://example.com/a?x=1&y=2, then call.")).toEqual([
      { text: "See ", href: null },
      { text: "https://example.com/a?x=1&y=2", href: "https://example.com/a?x=1&y=2" },
      { text: ", then call.", href: null },
    ]);
    expect(linksOf("(www.example.com/listing)")).toEqual(["https://www.example.com/listing"]);
    expect(linksOf("dana@example.com")).toEqual(["mailto:dana@example.com"]);
  });

  it("leaves all else as words", () => {
    const words =
      "At 3.30pm, $4.50, budget.pdf, javascript:alert(1), ftp://example.com/a, data:text/html,x";
    expect(splitLinks(words)).toEqual([{ text: words, href: null }]);
    expect(splitLinks("")).toEqual([]);
  });

  it("takes no file, no host without a name and no missing space for an address", () => {
    const words =
      "See tour.mov and Contract.Zip or PLAN.ZIP. I agree.It is on localhost, or localhost/x.";
    expect(splitLinks(words)).toEqual([{ text: words, href: null }]);
    // Said to be one, it is one.
    expect(
      linksOf("https://tour.mov, www.tour.mov tour.mov/Plan.Pdf EXAMPLE.COM dana@tour.mov"),
    ).toEqual([
      "https://tour.mov",
      "https://www.tour.mov",
      "https://tour.mov/Plan.Pdf",
      "https://EXAMPLE.COM",
      "mailto:dana@tour.mov",
    ]);
  });

  it("links nowhere else than it seems to", () => {
    expect(
      linksOf("https://example.com@example.net/pay https://example.com:1@example.net"),
    ).toEqual([]);
    expect(linksOf("https://example.com/\u202Eten.elpmaxe")).toEqual([]);
    expect(linksOf("https://example.com/@dana")).toEqual(["https://example.com/@dana"]);
  });

  it("changes no letter, and links nowhere but to the web and to mail", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.emailAddress(),
      fc.constantFrom("javascript:", "data:", "//", "https://", "\n", "<a href='", "file:///etc/x"),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        const pieces = splitLinks(text);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        for (const href of linksOf(text)) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
      }),
    );
  });
});
