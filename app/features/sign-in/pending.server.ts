import { createCookie } from "@remix-run/node";
import { z } from "zod";

import { getEnv } from "~/lib/env.server";

const PendingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sign-up"), id: z.string(), email: z.string() }),
  z.object({
    kind: z.literal("sign-in"),
    id: z.string(),
    // Null when only Clerk knows it: the person came from Google.
    email: z.string().nullable(),
    strategy: z.enum(["email_code", "totp"]),
    emailAddressId: z.string().optional(),
  }),
  // Without an id nobody has that address; the next page must look the same.
  z.object({ kind: z.literal("reset"), id: z.string().nullable(), email: z.string() }),
  // Where the person was going is kept here, so that Clerk and Google need not carry it.
  z.object({ kind: z.literal("google"), id: z.string(), redirectTo: z.string() }),
]);

/**
 * An attempt that waits for a code, or for the browser to come back from Google. The id alone is
 * worth nothing in another browser.
 */
export type Pending = z.output<typeof PendingSchema>;
export type PendingCode = Exclude<Pending, { kind: "google" }>;
export type PendingOf<Kind extends Pending["kind"]> = Extract<Pending, { kind: Kind }>;

/** Long enough to find a mail in the spam folder. Seconds. */
const LIFE = 60 * 60;

function pendingCookie() {
  const { APP_ORIGIN, SESSION_SECRET } = getEnv();
  return createCookie("pending", {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: APP_ORIGIN.startsWith("https:"),
    maxAge: LIFE,
    secrets: SESSION_SECRET,
  });
}

/**
 * @param pending the attempt to remember
 * @returns a `Set-Cookie` header
 */
export function rememberPending(pending: Pending): Promise<string> {
  return pendingCookie().serialize(pending);
}

/** @returns a `Set-Cookie` header that ends the attempt */
export function forgetPending(): Promise<string> {
  return pendingCookie().serialize("", { maxAge: 0 });
}

/**
 * @param request the request
 * @param kind which kind of attempt the page is about
 * @returns the attempt this browser is in, or null
 */
export async function readPending<Kind extends Pending["kind"]>(
  request: Request,
  kind: Kind,
): Promise<PendingOf<Kind> | null> {
  const parsed = PendingSchema.safeParse(
    await pendingCookie().parse(request.headers.get("Cookie")),
  );
  return parsed.success && isOfKind(parsed.data, kind) ? parsed.data : null;
}

function isOfKind<Kind extends Pending["kind"]>(
  pending: Pending,
  kind: Kind,
): pending is PendingOf<Kind> {
  return pending.kind === kind;
}
