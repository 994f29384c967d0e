/** One try to deliver one event to one address. */
export type Attempt = {
  /** 1 for the first try. */
  number: number;
  /** ISO 8601, by the emulator's clock. */
  at: string;
  url: string;
  /** Answered with 2xx. */
  delivered: boolean;
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** The beginning of the answer, or why there was none. */
  answer: string;
};

const KEPT_ANSWER_CHARACTERS = 500;

/**
 * Posts a signed body once. Never throws: a refused connection is an outcome too.
 *
 * @param timeoutMilliseconds real time until the attempt is given up
 */
export async function attemptDelivery(
  url: string,
  body: string,
  headers: Record<string, string>,
  timeoutMilliseconds: number,
): Promise<Pick<Attempt, "delivered" | "status" | "answer">> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
      redirect: "manual", // vendors don't follow redirects of webhooks
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const answer = (await response.text()).slice(0, KEPT_ANSWER_CHARACTERS);
    return { delivered: response.ok, status: response.status, answer };
  } catch (error) {
    return { delivered: false, status: null, answer: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch hides the reason ("ECONNREFUSED …") in the cause
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
