import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { everyLetter } from "../testing/letters.ts";
import { unwrapped } from "../testing/mail.ts";
import { LAYOUT, snapshotsOf, TEXTS } from "../testing/snapshot.ts";

const letters = await everyLetter();

/** What a reader of the HTML sees. */
function seen(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, "")
    .replace(/<!--.*?-->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

// After a change on purpose: npm run mail:preview, and look at what git says has changed.
Deno.test("every mail is as it was when somebody looked at it last", () => {
  const { texts, layout } = snapshotsOf(letters);
  equal(texts, Deno.readTextFileSync(TEXTS));
  equal(layout, Deno.readTextFileSync(LAYOUT));
});

for (const { name, mail } of letters) {
  Deno.test(`${name} says the same in HTML and in text, and reads well`, () => {
    const html = seen(mail.html);
    const paragraphs = unwrapped(mail.text)
      .split("\n\n")
      .map((paragraph) =>
        paragraph
          .replace(/:? https?:\S+/, "")
          .replace(/\s+/g, " ")
          .trim(),
      );
    const missing = paragraphs.filter((words) => !/^-+$/.test(words) && !html.includes(words));
    deepEqual(missing, []);

    const lines = mail.text.split("\n");
    const isLink = (line: string) => /^https?:\S+$/.test(line);
    deepEqual(
      lines.filter((line) => line.length > 72 && !isLink(line)),
      [],
    );
    deepEqual(
      lines.filter((line) => line.includes("https:") && !isLink(line)),
      [],
    );
    equal(/undefined|null|NaN|\[object|Invalid/.test(mail.text), false);
  });
}

Deno.test("the letter has colours for readers who have it dark", () => {
  for (const { mail } of letters) {
    equal(mail.html.includes('<meta name="color-scheme" content="light dark"/>'), true);
    equal(mail.html.includes("@media (prefers-color-scheme: dark)"), true);
  }
});
