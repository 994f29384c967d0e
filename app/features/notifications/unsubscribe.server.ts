import { z } from "zod";

import type { Db } from "~/lib/db.server";
import { toResult, type Result } from "~/lib/domain-error";

/** Mails of a group, and how they come. */
export type MailGroup = {
  group_name: string;
  title: string;
  mail: "at_once" | "daily" | "weekly" | "never";
};

/** What the page sends back to have it undone, as `unsubscribe` returned it. */
const ChoicesSchema = z.array(z.object({ group_name: z.string(), mail: z.string() }));

/**
 * What the address in a mail would stop. Changes nothing.
 *
 * @param db of anybody: the address is the right
 * @param token its secret part
 * @returns the groups, or NTLNK
 */
export async function readUnsubscribe(db: Db, token: string): Promise<Result<MailGroup[]>> {
  return toResult(await db.rpc("unsubscribe_choices", { token }));
}

/**
 * Stops the mails that the address in one of them is about.
 *
 * @param db of anybody: the address is the right
 * @param token its secret part
 * @returns how they came until now, or NTLNK
 */
export async function unsubscribe(db: Db, token: string): Promise<Result<MailGroup[]>> {
  return toResult(await db.rpc("unsubscribe", { token }));
}

/**
 * Has them come again as they did.
 *
 * @param db of anybody: the address is the right
 * @param token its secret part
 * @param choices JSON of what `unsubscribe` returned
 * @returns nothing, or NTLNK, NTCHO, NTDIG
 * @throws Response 400 when it is no such JSON
 */
export async function resubscribe(db: Db, token: string, choices: string) {
  return toResult(await db.rpc("resubscribe", { token, choices: parseChoices(choices) }));
}

function parseChoices(text: string) {
  try {
    return ChoicesSchema.parse(JSON.parse(text));
  } catch {
    throw new Response("Bad request", { status: 400 });
  }
}
