import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";

import { darkPalette, lightPalette, type ColorName, type Palette } from "./app/styles/palette.ts";

function properties(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, channels]) => [`--${name}`, channels]),
  );
}

function color(name: ColorName): string {
  return `hsl(var(--${name}) / <alpha-value>)`;
}

export default {
  content: ["./app/**/*.{ts,tsx}"],
  // Colours follow the custom properties below; `dark:` is for the few things that aren't colours.
  darkMode: [
    "variant",
    [
      '@media (prefers-color-scheme: dark) { &:is(:root:not([data-theme="light"]) *) }',
      '&:is(:root[data-theme="dark"] *)',
    ],
  ],
  theme: {
    container: { center: true, padding: { DEFAULT: "1.25rem", sm: "2rem" } },
    screens: { sm: "640px", md: "768px", lg: "1024px", xl: "1280px" },
    extend: {
      colors: {
        background: color("background"),
        foreground: color("foreground"),
        card: { DEFAULT: color("card"), foreground: color("card-foreground") },
        muted: { DEFAULT: color("muted"), foreground: color("muted-foreground") },
        primary: { DEFAULT: color("primary"), foreground: color("primary-foreground") },
        secondary: { DEFAULT: color("secondary"), foreground: color("secondary-foreground") },
        accent: { DEFAULT: color("accent"), foreground: color("accent-foreground") },
        destructive: { DEFAULT: color("destructive"), foreground: color("destructive-foreground") },
        success: { DEFAULT: color("success"), foreground: color("success-foreground") },
        lamp: { DEFAULT: color("lamp"), foreground: color("lamp-foreground") },
        plan: {
          DEFAULT: color("plan"),
          foreground: color("plan-foreground"),
          muted: color("plan-muted"),
        },
        border: color("border"),
        input: color("input"),
        ring: color("ring"),
      },
      fontFamily: {
        sans: ["Inter Variable", "system-ui", "sans-serif"],
        display: ["Besley Variable", "Rockwell", "Georgia", "serif"],
      },
      fontSize: {
        // Headings: Besley is wide, so lines sit close and letters a little tighter than set.
        "display-sm": ["1.375rem", { lineHeight: "1.25", letterSpacing: "-0.01em" }],
        "display-md": ["1.75rem", { lineHeight: "1.18", letterSpacing: "-0.015em" }],
        "display-lg": ["2.375rem", { lineHeight: "1.1", letterSpacing: "-0.022em" }],
        "display-xl": ["3.375rem", { lineHeight: "1.04", letterSpacing: "-0.028em" }],
      },
      borderRadius: { lg: "0.625rem", md: "0.375rem", sm: "0.25rem" },
      keyframes: {
        "flash-in": { from: { opacity: "0", transform: "translateY(-0.5rem)" } },
      },
      animation: { "flash-in": "flash-in 250ms ease-out" },
      maxWidth: { page: "76rem", narrow: "44rem", form: "28rem" },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      const dark = { ...properties(darkPalette), "color-scheme": "dark" };
      addBase({
        ":root": { ...properties(lightPalette), "color-scheme": "light" },
        "@media (prefers-color-scheme: dark)": { ':root:not([data-theme="light"])': dark },
        ':root[data-theme="dark"]': dark,
      });
    }),
  ],
} satisfies Config;
