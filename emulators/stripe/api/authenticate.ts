import { StripeFailure, invalidRequest } from "./failure.ts";

type Credentials = {
  secretKey: string;
  apiVersion: string;
  /** Whether the platform has such a connected account. */
  isConnected: (account: string) => boolean;
};

/**
 * Checks who calls and in which version of the API, from the headers that the SDK sends.
 *
 * @returns the connected account that is acted for, or null for the platform itself
 * @throws StripeFailure 401 without the key or with another one, 400 for another version of the
 *   API, 403 for an account that isn't the platform's
 */
export function authenticate(
  header: (name: string) => string | undefined,
  own: Credentials,
): string | null {
  const key = readKey(header("authorization"));
  if (!key) {
    throw new StripeFailure(401, {
      type: "invalid_request_error",
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    });
  }
  if (key !== own.secretKey) {
    throw new StripeFailure(401, {
      type: "invalid_request_error",
      message: `Invalid API Key provided: ${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}`,
    });
  }

  const version = header("stripe-version");
  if (version && version !== own.apiVersion) {
    throw invalidRequest(
      `Invalid Stripe API version: ${version}. The emulator was made from the SDK of ${own.apiVersion}.`,
    );
  }

  const account = header("stripe-account") ?? null;
  if (account && !own.isConnected(account)) {
    throw new StripeFailure(403, {
      type: "invalid_request_error",
      code: "account_invalid",
      message: `The provided key does not have access to account '${account}' (or that account does not exist).`,
    });
  }
  return account;
}

function readKey(authorization = ""): string | null {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (/^bearer$/i.test(scheme)) return value || null;
  // curl -u sk_test_…: sends the key as user name
  if (/^basic$/i.test(scheme)) return Buffer.from(value, "base64").toString().split(":")[0] || null;
  return null;
}
