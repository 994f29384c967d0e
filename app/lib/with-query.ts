type QueryValue = string | number | null | undefined;

/**
 * An address with a query: values are encoded, empty ones are left out.
 *
 * @param path of the site
 * @param query names and values
 */
export function withQuery(path: string, query: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
