/** The name of the query parameter that remembers where a person was going. */
const REDIRECT_TO = "redirect_to";

/** Never a destination: they would lead in circles, or are not pages. */
const NOT_A_DESTINATION =
  /^\/(sign-in|sign-up|sign-out|forgot-password|reset-password|__clerk|resources)(\/|$|\.)/;

const LONGEST = 1_000;

/**
 * Where to send a person, taken from what somebody may have put into a link to us. Only paths of
 * this site: an open redirect would lend our name to any other.
 *
 * @param wanted what was asked for, of any type and content
 * @param fallback where to go when it is not a path of ours
 * @returns a path with its query
 */
export function safeRedirectTo(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || wanted.length > LONGEST) return fallback;
  // Browsers read "\" as "/" and drop tabs and line ends, so "/\t/evil.example" is another host.
  if (!wanted.startsWith("/") || /[\\\p{Cc}]/u.test(wanted)) return fallback;

  const base = "http://site.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  // The pathname again: "/./" and "/x/..//" resolve to what would be another host.
  if (url?.origin !== base || url.pathname.startsWith("//")) return fallback;
  if (NOT_A_DESTINATION.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}

/**
 * @param request a request for a page of sign-in
 * @param fallback where to go when it names no destination
 * @returns where the person was going
 */
export function redirectToOf(request: Request, fallback = "/"): string {
  return safeRedirectTo(new URL(request.url).searchParams.get(REDIRECT_TO), fallback);
}
