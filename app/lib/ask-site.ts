/** After this many milliseconds a page does not wait any more. */
const TIMEOUT_MS = 15_000;

/**
 * Asks the site for something on behalf of a page that is open. On a line that went dead a browser waits for
 * minutes, and whatever waits for the answer with it: this gives up before.
 *
 * @param path of a resource route
 * @returns the answer, whatever its status
 * @throws DOMException when there is none in time; TypeError when the site can't be reached
 */
export async function askSite(path: string): Promise<Response> {
  return fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
}
