import { z } from "zod";

/**
 * Text from a form or an address, of any length: how much is too much is the database's to say.
 * Control characters go, as Postgres takes no NUL; lines may end as they like.
 *
 * @param missing what to say when there is none; without it, none is the empty string
 * @returns a schema that gives trimmed text
 */
export function textSchema(missing?: string) {
  const text = z.string({ error: missing ?? "Enter some text" }).transform((raw) =>
    raw
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]/gu, "")
      .trim(),
  );
  return missing === undefined
    ? text.prefault("")
    : text.refine((value) => value !== "", { error: missing });
}
