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
  const retryAfter = Number(response.headers.get("retry-after"));
  return new VendorError(`${vendor} ${response.status}: ${(await response.text()).slice(0, 300)}`, {
    isPermanent: response.status < 500 && !passing,
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  });
}
