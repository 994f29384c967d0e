import { invalidRequest } from "./failure.ts";

/**
 * Refuses an address that people can't be sent to.
 *
 * @param param the parameter that holds it
 * @throws StripeFailure url_invalid
 */
export function refuseBadUrl(url: string, param: string): void {
  // {CHECKOUT_SESSION_ID} may stand anywhere in it.
  const parsed = URL.parse(url.replaceAll("{CHECKOUT_SESSION_ID}", "id"));
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw invalidRequest("Not a valid URL", { param, code: "url_invalid" });
  }
}
