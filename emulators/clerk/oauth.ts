import { refusals } from "./errors.ts";
import type { Instance } from "./instance.ts";
import type { Verification } from "./model.ts";

const LIFETIME_MILLISECONDS = 10 * 60 * 1000;

/**
 * Starts "continue with Google": the browser is to be sent to the consent page.
 *
 * @param attemptId the sign-in or sign-up that the consent will finish
 * @param redirectUrl where the browser returns to; must belong to the site
 * @throws ClerkError 422 when it does not
 */
export function startGoogle(
  instance: Instance,
  attemptId: string,
  redirectUrl: string | undefined,
): Verification {
  if (!redirectUrl) throw refusals.missing("redirect_url");
  if (!URL.canParse(redirectUrl) || new URL(redirectUrl).origin !== instance.identity.appOrigin) {
    throw refusals.invalidRedirect();
  }

  const now = instance.clock.now();
  const consent = new URL("/oauth/google", instance.url());
  consent.searchParams.set("attempt", attemptId);
  return {
    strategy: "oauth_google",
    status: "unverified",
    code: null,
    attempts: 0,
    sentAt: now,
    expireAt: now + LIFETIME_MILLISECONDS,
    externalRedirectUrl: consent.href,
    returnUrl: redirectUrl,
  };
}
