import type { Identity } from "../tokens.ts";
import type { Authorizer, Extension } from "./authorization.ts";
import { Refusal } from "./refusal.ts";

/** What one identity may do on one topic; asked of the database once, then remembered. */
export type Rights = {
  mayRead(extension: Extension): boolean;
  mayWrite(extension: Extension): Promise<boolean>;
};

/** The rights on a public topic, where everyone may do everything. */
export const publicRights: Rights = {
  mayRead: () => true,
  mayWrite: () => Promise.resolve(true),
};

/**
 * Asks for the rights on a private topic. New rights are asked for with every new token; between
 * tokens they stay as they are, even when rows or policies change. Supabase does the same.
 *
 * @throws Refusal when the identity may read nothing there
 */
export async function askForRights(
  authorizer: Authorizer,
  topic: string,
  identity: Identity,
): Promise<Rights> {
  const readable = await authorizer.mayRead(topic, identity);
  if (!readable.broadcast && !readable.presence) {
    throw new Refusal(
      "Unauthorized",
      `You do not have permissions to read from this Channel topic: ${topic}`,
    );
  }

  const writable: Partial<Record<Extension, boolean>> = {};
  return {
    mayRead: (extension) => readable[extension],
    async mayWrite(extension) {
      return (writable[extension] ??= await authorizer.mayWrite(topic, identity, extension));
    },
  };
}

/** Whether something that could be read before no longer can, which ends a channel. */
export function isReadRevoked(before: Rights, after: Rights): boolean {
  const extensions: Extension[] = ["broadcast", "presence"];
  return extensions.some((extension) => before.mayRead(extension) && !after.mayRead(extension));
}
