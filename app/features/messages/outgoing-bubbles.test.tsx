import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { OutgoingBubbles } from "./outgoing-bubbles.tsx";

const FOCUSABLE = /<(a|button|input|textarea|select|summary)\b|tabindex/i;

function render(state: "sending" | "failed") {
  const files = [new File(["x"], "plan.pdf")];
  const body = "See https://example.com and dana@example.com";
  const message = { id: "1", writerId: "dana", body, files, state };
  return renderToStaticMarkup(
    <OutgoingBubbles messages={[message]} onRetry={() => {}} onDrop={() => {}} />,
  );
}

it("gives nobody a place to go to in what is hidden until it has arrived", () => {
  const html = render("sending");
  expect(html).toContain('aria-hidden="true"');
  expect(html).toContain("See https://example.com and dana@example.com");
  expect(html).toContain("plan.pdf");
  expect(html).not.toMatch(FOCUSABLE);
});

it("lets what failed be sent again", () => {
  const html = render("failed");
  expect(html).not.toContain("<li aria-hidden");
  expect(html).toContain('href="https://example.com"');
  expect(html).toContain("Send again");
});
