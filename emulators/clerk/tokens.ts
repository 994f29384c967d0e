import { randomBytes } from "node:crypto";

import type { Instance } from "./instance.ts";
import type { Client, Session } from "./model.ts";

const NOT_BEFORE_LEEWAY_SECONDS = 10;

/**
 * Makes a session token with the claims that Clerk's Supabase integration gives it.
 * Its times are real ones, even when the emulator's clock was moved: whoever verifies it has no
 * other clock.
 *
 * @param azp origin of the page that asked; left out for the Backend API
 * @param lifetimeSeconds how long it is good
 */
export function mintSessionToken(
  instance: Instance,
  session: Session,
  azp: string | null,
  lifetimeSeconds = instance.settings.tokenLifetimeSeconds,
): string {
  const now = Math.floor(Date.now() / 1000);
  return instance.keys.sign({
    ...(azp && { azp }),
    exp: now + lifetimeSeconds,
    fva: [
      minutesSince(instance, session.firstFactorAt),
      minutesSince(instance, session.secondFactorAt),
    ],
    iat: now,
    iss: instance.identity.issuer,
    jti: randomBytes(10).toString("hex"),
    nbf: now - NOT_BEFORE_LEEWAY_SECONDS,
    role: "authenticated",
    sid: session.id,
    sts: "active",
    sub: session.userId,
    v: 2,
  });
}

/** The value of the `__client` cookie. */
export function mintClientToken(instance: Instance, client: Client): string {
  return instance.keys.sign({ id: client.id, rotating_token: client.rotatingToken });
}

/** The browser that a `__client` cookie stands for, unless it was forged or the browser was forgotten. */
export function readClientToken(instance: Instance, cookie: string | undefined): Client | null {
  const claims = cookie ? instance.keys.read(cookie) : null;
  const client = instance.state.clients[String(claims?.id)];
  return client && client.rotatingToken === claims?.rotating_token ? client : null;
}

/** Clerk counts the age of a factor in minutes, and says -1 when it was never given. */
function minutesSince(instance: Instance, moment: number | null): number {
  return moment === null ? -1 : Math.floor((instance.clock.now() - moment) / 60_000);
}
