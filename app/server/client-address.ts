/** Headers by which a proxy describes the client. From anybody else they are a forgery. */
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
  "x-client-ip",
  "cf-connecting-ip",
  "true-client-ip",
  "cloudfront-forwarded-proto",
];

/**
 * The address of the browser. Every proxy appends the address it was called from, so with N
 * proxies of our own the N-th from the right is the last one that can't be forged.
 *
 * @param headers the request's headers
 * @param socketAddress who opened the connection
 * @param trustedProxies how many proxies of ours are in front
 * @returns an IP address, or "unknown"
 */
export function clientAddress(
  headers: Headers,
  socketAddress: string | undefined,
  trustedProxies: number,
): string {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  const forwarded = trustedProxies > 0 ? hops.at(-trustedProxies) : undefined;
  return (forwarded || socketAddress || "unknown").replace(/^::ffff:(?=\d+\.)/, "");
}

/**
 * Removes what only a proxy may say. Trusted or not: once the address is known, nothing behind
 * this point has a use for it, and Clerk's SDK would build addresses from it.
 *
 * @param headers changed in place
 */
export function dropProxyHeaders(headers: Headers): void {
  for (const name of PROXY_HEADERS) headers.delete(name);
}
