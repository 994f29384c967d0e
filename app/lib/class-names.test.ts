import { describe, expect, it } from "vitest";

import { cn } from "./class-names.ts";

describe("cn", () => {
  it.each([
    ["size-12 rounded-md", "size-8", "rounded-md size-8"],
    ["h-11 px-5", "px-4", "h-11 px-4"],
    ["px-5 pb-20 pt-8 sm:pt-12", "py-16", "px-5 sm:pt-12 py-16"],
    ["px-5 py-3", "p-4", "p-4"],
    ["p-4", "px-5", "p-4 px-5"],
    ["h-10 w-12", "size-8", "size-8"],
    ["inline-flex items-center", "hidden sm:flex", "items-center hidden sm:flex"],
    ["text-sm text-muted-foreground", "text-lg", "text-muted-foreground text-lg"],
    ["text-sm text-muted-foreground", "text-primary", "text-sm text-primary"],
    ["bg-card hover:bg-accent", "bg-plan", "hover:bg-accent bg-plan"],
    ["max-w-page w-full", "max-w-form", "w-full max-w-form"],
    ["-mt-2", "mt-4", "mt-4"],
    ["rounded-lg", "rounded-br-sm", "rounded-lg rounded-br-sm"],
    ["rounded-md", "rounded-full", "rounded-full"],
  ])("%s overruled by %s is %s", (base, caller, expected) => {
    expect(cn(base, caller)).toBe(expected);
  });

  it("leaves out what a condition rules out", () => {
    expect(cn("a", false, null, undefined, { b: true, c: false })).toBe("a b");
  });

  it("keeps what it does not know, in order", () => {
    expect(cn("border-l-4 border-l-success", "tabular-nums", "animate-spin")).toBe(
      "border-l-4 border-l-success tabular-nums animate-spin",
    );
  });
});
