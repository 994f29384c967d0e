import { z } from "zod";

import { clerkUser } from "../../_shared/clerk.ts";
import { rpc } from "../../_shared/db.ts";
import { VendorError } from "../../_shared/vendor-error.ts";

const AddressSchema = z.object({ email: z.string().nullable(), clerk_user_id: z.string() });

/**
 * The address that work is to be mailed to. Of a person whose webhook has not come it is read from Clerk
 * and kept.
 * @param outboxId of the row that the work is of
 * @throws VendorError to have the mail tried again later, if Clerk has none either
 */
export async function recipientOf(input: unknown, outboxId: number): Promise<string> {
  const known = AddressSchema.parse(input);
  if (known.email) return known.email;

  const user = await clerkUser(known.clerk_user_id);
  if (!user) throw new VendorError("clerk: no such user");
  await rpc("sync_clerk_user", { clerk_user: user });

  const { email } = AddressSchema.parse(await rpc("outbox_work", { outbox_id: outboxId }));
  if (!email) throw new VendorError("clerk: the user has no primary address");
  return email;
}
