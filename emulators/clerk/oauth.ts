import { refusals } from "./errors.ts";
import { OAUTH_CALLBACK } from "./frontend-contract.ts";
import type { Instance } from "./instance.ts";
import type { GoogleProfile, Verification } from "./model.ts";

const LIFETIME_MILLISECONDS = 10 * 60 * 1000;

/** Where the browser is to return to from Google, and from there when it is signed in. */
export type ReturnUrls = { redirect_url?: string; action_complete_redirect_url?: string };

/**
 * Starts "continue with Google": the browser is to be sent to the consent page.
 *
 * @param attemptId the sign-in or sign-up that the consent will finish
 * @param urls pages of the site
 * @throws ClerkError 422 when they are of another site
 */
export function startGoogle(instance: Instance, attemptId: string, urls: ReturnUrls): Verification {
  const { redirect_url: returnUrl, action_complete_redirect_url: completeUrl } = urls;
  if (!returnUrl) throw refusals.missing("redirect_url");
  for (const url of [returnUrl, completeUrl ?? returnUrl]) {
    if (!URL.canParse(url) || new URL(url).origin !== instance.identity.appOrigin) {
      throw refusals.invalidRedirect();
    }
  }

  const now = instance.clock.now();
  const consent = new URL("/oauth/google", instance.url());
  consent.searchParams.set("state", attemptId);
  return {
    strategy: "oauth_google",
    status: "unverified",
    code: null,
    attempts: 0,
    sentAt: now,
    expireAt: now + LIFETIME_MILLISECONDS,
    externalRedirectUrl: consent.href,
    returnUrl,
    completeUrl: completeUrl ?? returnUrl,
  };
}

/**
 * Where Google's consent page sends the browser.
 *
 * @param state what Clerk sent along
 * @param profile who consented; null when they cancelled
 */
export function googleAnswerUrl(
  instance: Instance,
  state: string,
  profile: GoogleProfile | null,
): string {
  const url = new URL(`${instance.identity.proxyUrl}/v1${OAUTH_CALLBACK}`);
  url.searchParams.set("state", state);
  if (profile) url.searchParams.set("code", writeGrant(profile));
  else url.searchParams.set("error", "access_denied");
  return url.href;
}

/** Google's code. The real one has to be exchanged; this one says it all. */
function writeGrant(profile: GoogleProfile): string {
  return Buffer.from(JSON.stringify(profile)).toString("base64url");
}

/** @throws SyntaxError when it is no code of Google's */
export function readGrant(code: string): GoogleProfile {
  return JSON.parse(Buffer.from(code, "base64url").toString()) as GoogleProfile;
}
