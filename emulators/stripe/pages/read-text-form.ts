import type { Context } from "hono";

/** The text fields of a posted form; an empty text for what is not there, or is a file. */
export async function readTextForm(context: Context): Promise<(name: string) => string> {
  const form = await context.req.parseBody();
  return (name) => {
    const value = form[name];
    return typeof value === "string" ? value : "";
  };
}
