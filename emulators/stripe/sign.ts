import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header of a webhook.
 *
 * @param secret of the endpoint, `whsec_…`
 * @param body the exact text that is sent
 * @param seconds when it is sent, since 1970
 */
export function stripeSignature(secret: string, body: string, seconds: number): string {
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}
