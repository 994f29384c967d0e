import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { describe, expect, it } from "vitest";

import { revalidateAfterRefusal } from "./revalidate-after-refusal";

function after(actionStatus: number): ShouldRevalidateFunctionArgs {
  const url = new URL("http://site.invalid/");
  return {
    currentUrl: url,
    currentParams: {},
    nextUrl: url,
    nextParams: {},
    formMethod: "POST",
    actionStatus,
    defaultShouldRevalidate: true, // what Remix passes with single fetch, whatever the status
  };
}

describe("reading a page again after a form", () => {
  it("shows what made the form be refused", () => {
    expect(revalidateAfterRefusal(after(409))).toBe(true);
    expect(revalidateAfterRefusal(after(200))).toBe(true);
  });

  it("leaves a signed-out person's page, and what they typed, where it is", () => {
    expect(revalidateAfterRefusal(after(401))).toBe(false);
    expect(revalidateAfterRefusal(after(503))).toBe(false);
  });
});
