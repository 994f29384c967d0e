/**
 * The id behind a reference. The emulator stores references as ids, while the SDK's types allow
 * the expanded object in the same place.
 */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  if (!reference) return null;
  return typeof reference === "string" ? reference : reference.id;
}
