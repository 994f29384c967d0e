import type { HeadersFunction } from "@remix-run/node";

/** For routes whose loader says how the page may be cached: the document carries the same headers. */
export const loaderHeaders: HeadersFunction = ({ loaderHeaders, errorHeaders }) =>
  errorHeaders ?? loaderHeaders;
