/** The header that carries the request id back to the caller, so that a person can quote it. */
export const REQUEST_ID_HEADER = "X-Request-Id";

/**
 * Names one request in logs, error pages and the answers of resource routes.
 *
 * @returns a random id; never taken from the client, who could forge log entries with it
 */
export function newRequestId(): string {
  return crypto.randomUUID();
}
