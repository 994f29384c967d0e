/**
 * A vendor did not do what we asked. `isPermanent` when asking again cannot help;
 * `retryAfterSeconds` when they said how long to wait.
 */
export class VendorError extends Error {
  readonly isPermanent: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    options: { isPermanent?: boolean; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = "VendorError";
    this.isPermanent = options.isPermanent ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** How long we wait for a vendor before we count the call as lost; well under a lease. */
export const VENDOR_TIMEOUT_MS = 15_000;

/**
 * The error of an HTTP answer that is not a success. 4xx are permanent but for those that
 * pass by themselves: 401 (a token that just expired), 408, 409, 425 and 429.
 */
export async function httpError(vendor: string, response: Response): Promise<VendorError> {
  const passing = [401, 408, 409, 425, 429].includes(response.status);
  const retryAfter = secondsToWait(response.headers);
  return new VendorError(`${vendor} ${response.status}: ${(await response.text()).slice(0, 300)}`, {
    isPermanent: response.status < 500 && !passing,
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  });
}

/**
 * How long a vendor asks us to wait: Retry-After in seconds or as a date (Zoom's daily limit has
 * one), or a moment when a limit per second was hit, not the same moment for all who hit it.
 * @returns seconds, 0 when nothing is asked
 */
function secondsToWait(headers: Headers): number {
  const retryAfter = headers.get("retry-after");
  if (!retryAfter) return headers.get("x-ratelimit-type") === "QPS" ? 1 + randomUpTo(4) : 0;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);

  const seconds = Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return seconds > 0 ? seconds + randomUpTo(60) : 0;
}

function randomUpTo(seconds: number): number {
  return Math.floor(Math.random() * (seconds + 1));
}
