import { describe, expect, it } from "vitest";

import { darkPalette, lightPalette, type ColorName } from "./palette.ts";

/** WCAG 2.2 relative luminance of `"h s% l%"`. */
function luminance(channels: string): number {
  const [hue = 0, saturation = 0, lightness = 0] = channels.split(" ").map(Number.parseFloat);
  const s = saturation / 100;
  const l = lightness / 100;
  const chroma = s * Math.min(l, 1 - l);
  const linear = [0, 8, 4].map((offset) => {
    const k = (offset + hue / 30) % 12;
    const value = l - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const textPairs: [ColorName, ColorName][] = [
  ["foreground", "background"],
  ["card-foreground", "card"],
  ["foreground", "muted"],
  ["muted-foreground", "background"],
  ["muted-foreground", "card"],
  ["muted-foreground", "muted"],
  ["primary", "background"],
  ["primary", "card"],
  ["primary-foreground", "primary"],
  ["secondary-foreground", "secondary"],
  ["accent-foreground", "accent"],
  ["destructive", "background"],
  ["destructive", "card"],
  ["destructive-foreground", "destructive"],
  ["success", "background"],
  ["success", "card"],
  ["success-foreground", "success"],
  ["lamp-foreground", "lamp"],
  ["plan-foreground", "plan"],
  ["plan-muted", "plan"],
];

const controlPairs: [ColorName, ColorName][] = [
  ["input", "background"],
  ["input", "card"],
  ["ring", "background"],
  ["ring", "card"],
];

describe.each([
  ["light", lightPalette],
  ["dark", darkPalette],
])("the %s palette", (_name, palette) => {
  it.each(textPairs)("%s is readable on %s", (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(controlPairs)("a control drawn in %s is seen on %s", (line, ground) => {
    expect(contrast(palette[line], palette[ground])).toBeGreaterThanOrEqual(3);
  });
});
