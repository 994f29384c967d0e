import { notEmulated } from "./failure.ts";

/**
 * Refuses parameters that Stripe has and the emulator would silently leave without effect.
 *
 * @param supported the parameters that have their effect, or none that anyone could see
 * @throws StripeFailure that names the first other one
 */
export function onlyEmulated(params: object, supported: readonly string[], within = ""): void {
  const other = Object.keys(params).find((name) => !supported.includes(name) && name !== "expand");
  if (!other) return;
  const param = within ? `${within}[${other}]` : other;
  throw notEmulated(`the parameter ${param}`, param);
}
