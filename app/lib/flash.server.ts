import { createCookie, redirect, type TypedResponse } from "@remix-run/node";
import { z } from "zod";

import { getEnv } from "./env.server.ts";
import type { Flash } from "./flash.ts";

const FlashSchema = z.object({
  kind: z.enum(["success", "info", "error"]),
  title: z.string().max(200),
  description: z.string().max(500).optional(),
}) satisfies z.ZodType<Flash>;

// Signed: whoever could set a cookie for us from another host must not put words in our mouth.
// Made at first use, because the environment is read when a request needs it, not on import.
function flashCookie() {
  const { SESSION_SECRET, APP_ORIGIN } = getEnv();
  return createCookie("flash", {
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: APP_ORIGIN.startsWith("https:"),
    maxAge: 10 * 60,
    secrets: SESSION_SECRET,
  });
}

/**
 * Ends an action: sends the person on and tells them there what was done.
 *
 * @param path where to, a path of this site
 * @param flash what the next page says once
 * @param init more headers (cookies) for the answer
 * @returns a 303, so that reloading the next page does not send the form again
 */
export async function redirectWithFlash(
  path: string,
  flash: Flash,
  init: { headers?: HeadersInit } = {},
): Promise<TypedResponse<never>> {
  const headers = new Headers(init.headers);
  headers.append("Set-Cookie", await flashCookie().serialize(flash));
  return redirect(path, { status: 303, headers });
}

/**
 * Takes the message that waits for this request, if there is one.
 *
 * @returns the message, and the Set-Cookie value that makes sure it is shown once; both null when
 *   nothing waits, when it was tampered with, or when the browser only fetches ahead
 */
export async function takeFlash(
  request: Request,
): Promise<{ flash: Flash | null; clearCookie: string | null }> {
  const nothing = { flash: null, clearCookie: null };
  const header = request.headers.get("Cookie");
  if (!header?.includes("flash=")) return nothing;
  if (request.headers.get("Sec-Purpose")?.includes("prefetch")) return nothing;

  const cookie = flashCookie();
  const parsed = FlashSchema.safeParse(await cookie.parse(header));
  if (!parsed.success) return nothing;
  return { flash: parsed.data, clearCookie: await cookie.serialize("", { maxAge: 0 }) };
}
