import { z } from "zod";

import { removeObjects } from "../../_shared/db.ts";

const WorkSchema = z.object({ names: z.array(z.string()).min(1) });

/** Removes files of conversations, bytes and all. Those that are gone already are as they should be. */
export async function removeFiles(input: unknown): Promise<object> {
  const { names } = WorkSchema.parse(input);
  return { removed: await removeObjects("attachments", names) };
}
