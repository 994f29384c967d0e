import { z } from "zod";

import { closePage, type ClosedPage } from "./close-page.ts";

const WorkSchema = z.object({ order_id: z.string(), checkout_session_id: z.string() });

/** Closes the payment page of a hold that is over. A payment whose webhook was lost is found here. */
export function expireCheckout(input: unknown): Promise<ClosedPage> {
  const work = WorkSchema.parse(input);
  return closePage(work.checkout_session_id, work.order_id);
}
