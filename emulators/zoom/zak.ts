import { createHmac } from "node:crypto";

import type { Zoom } from "./zoom.ts";

/**
 * Makes the token that lets someone start a meeting as its host.
 *
 * @param seconds how long it is good for, by the emulator's clock
 */
export function makeZak(zoom: Zoom, hostId: string, seconds: number): string {
  const claims = Buffer.from(
    JSON.stringify({ hostId, endsAt: zoom.clock.seconds() + seconds }),
  ).toString("base64url");
  return `${claims}.${seal(zoom, claims)}`;
}

/** The host a token speaks for, or null when it is forged or too old. */
export function hostOfZak(zoom: Zoom, zak: string): string | null {
  const [claims = "", mac] = zak.split(".");
  if (mac !== seal(zoom, claims)) return null;
  const { hostId, endsAt } = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
    hostId: string;
    endsAt: number;
  };
  return endsAt > zoom.clock.seconds() ? hostId : null;
}

function seal(zoom: Zoom, claims: string): string {
  return createHmac("sha256", zoom.options.clientSecret).update(claims).digest("base64url");
}
