/**
 * The colours, once: as a survey drawing by day (ink on vellum) and as its blueprint by night.
 * Values are the channels of `hsl()`, so that Tailwind can add opacity. tailwind.config.ts turns
 * them into custom properties and palette.test.ts holds every text pair to WCAG AA.
 */
export type ColorName =
  | "background"
  | "foreground"
  | "card"
  | "card-foreground"
  | "muted"
  | "muted-foreground"
  | "primary"
  | "primary-foreground"
  | "secondary"
  | "secondary-foreground"
  | "accent"
  | "accent-foreground"
  | "destructive"
  | "destructive-foreground"
  | "success"
  | "success-foreground"
  | "lamp"
  | "lamp-foreground"
  | "plan"
  | "plan-foreground"
  | "plan-muted"
  | "border"
  | "input"
  | "ring";

export type Palette = Record<ColorName, string>;

export const lightPalette: Palette = {
  background: "160 12% 96.5%",
  foreground: "214 62% 14%",
  card: "0 0% 100%",
  "card-foreground": "214 62% 14%",
  muted: "190 14% 92.5%",
  "muted-foreground": "214 20% 36%",
  primary: "214 66% 31%",
  "primary-foreground": "0 0% 100%",
  secondary: "208 26% 90%",
  "secondary-foreground": "214 62% 16%",
  accent: "206 30% 92.5%",
  "accent-foreground": "214 62% 14%",
  destructive: "4 74% 41%",
  "destructive-foreground": "0 0% 100%",
  success: "160 70% 23%",
  "success-foreground": "0 0% 100%",
  lamp: "39 90% 58%",
  "lamp-foreground": "214 62% 12%",
  plan: "214 62% 18%",
  "plan-foreground": "195 25% 95%",
  "plan-muted": "207 34% 76%",
  border: "204 16% 84%",
  input: "211 14% 50%",
  ring: "214 66% 31%",
};

export const darkPalette: Palette = {
  background: "214 60% 12.5%",
  foreground: "200 22% 92%",
  card: "214 52% 17%",
  "card-foreground": "200 22% 92%",
  muted: "214 42% 21%",
  "muted-foreground": "208 24% 73%",
  primary: "39 90% 60%",
  "primary-foreground": "214 62% 10%",
  secondary: "213 38% 27%",
  "secondary-foreground": "200 22% 94%",
  accent: "213 42% 24%",
  "accent-foreground": "200 22% 94%",
  destructive: "8 88% 72%",
  "destructive-foreground": "214 62% 8%",
  success: "156 52% 62%",
  "success-foreground": "214 62% 8%",
  lamp: "39 90% 60%",
  "lamp-foreground": "214 62% 10%",
  plan: "214 58% 19%",
  "plan-foreground": "195 25% 94%",
  "plan-muted": "207 32% 75%",
  border: "213 34% 29%",
  input: "211 20% 55%",
  ring: "39 90% 60%",
};
