import { createCookie } from "@remix-run/node";

const THEMES = ["light", "dark"] as const;

/** What a person chose; null follows their device. */
export type Theme = (typeof THEMES)[number] | null;

// Nothing about it is secret and nothing depends on it, so it is not signed.
const themeCookie = createCookie("theme", {
  path: "/",
  sameSite: "lax",
  httpOnly: true,
  secure: false,
  maxAge: 365 * 24 * 60 * 60,
});

/** Reads a theme from a form or cookie; anything unknown follows the device. */
export function toTheme(value: unknown): Theme {
  return THEMES.find((theme) => theme === value) ?? null;
}

/** The theme the request's cookie asks for. */
export async function readTheme(request: Request): Promise<Theme> {
  return toTheme(await themeCookie.parse(request.headers.get("Cookie")));
}

/** The Set-Cookie value that keeps a choice for a year, or forgets it when null. */
export async function serializeTheme(theme: Theme): Promise<string> {
  return theme
    ? themeCookie.serialize(theme)
    : themeCookie.serialize("", { maxAge: 0, expires: new Date(0) });
}
