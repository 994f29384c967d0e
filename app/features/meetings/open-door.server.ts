import { data, redirect } from "@remix-run/node";

import type { Result } from "~/lib/domain-error";

/**
 * Sends somebody through a meeting's door, or says why it is shut.
 *
 * @param door the link, or the refusal
 * @param bookingId the booking
 * @param retryPath the page that asked
 * @returns a redirect that nothing keeps, or what the page of a shut door shows
 * @throws Response 404 for whoever is not a party
 */
export function openDoor(door: Result<string>, bookingId: string, retryPath: string) {
  if (door.ok) return redirect(door.value, { headers: { "Cache-Control": "no-store" } });
  if (door.error.code === "OBNFD") throw new Response("Not found", { status: 404 });

  const { code, message, status } = door.error;
  return data({ bookingId, message, retryPath: code === "MTOVR" ? null : retryPath }, { status });
}
