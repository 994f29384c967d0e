import type { Database } from "./database.types.ts";
import type { Db } from "./db.server.ts";
import { toValue } from "./domain-error.ts";

/** The platform's numbers that pages state. Minutes, days, and hundredths of a percent. */
export type PlatformTerms = Database["public"]["Functions"]["platform_terms"]["Returns"][number];

/**
 * @param db anyone's
 * @returns the numbers as they are now; what was sold keeps those of its day
 */
export async function getPlatformTerms(db: Db): Promise<PlatformTerms> {
  return toValue(await db.rpc("platform_terms").single());
}
