/** Clerk's SDK would act on parameters that begin so; nothing of ours uses them. */
const CLERK_PREFIX = "__clerk";

/**
 * The address of a request as the site knows it. Scheme and host are those we were configured
 * with, so that a forged Host header can't find its way into a link or a redirect.
 *
 * @param url what the server received
 * @param origin the site's own origin
 * @returns the same page on that origin, without Clerk's parameters and doubled slashes
 */
export function siteAddress(url: string, origin: string): URL {
  const received = new URL(url);
  const address = new URL(origin);
  // "//evil.example" is a path here but a host wherever it is copied into a Location header.
  address.pathname = received.pathname.replace(/[/\\]{2,}/g, "/");
  address.search = received.search;
  for (const name of [...address.searchParams.keys()]) {
    if (name.startsWith(CLERK_PREFIX)) address.searchParams.delete(name);
  }
  return address;
}

/**
 * @param address a page's address
 * @returns the address without its trailing slash, or null when it has none: every page has one address
 */
export function withoutTrailingSlash(address: URL): URL | null {
  if (address.pathname === "/" || !address.pathname.endsWith("/")) return null;
  const canonical = new URL(address);
  canonical.pathname = address.pathname.replace(/\/+$/, "");
  return canonical;
}
