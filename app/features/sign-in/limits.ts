const QUARTER_OF_AN_HOUR = 15 * 60;
const HOUR = 60 * 60;

/**
 * How often each step may be tried. Clerk limits too, but by its own measure and only what reaches
 * it; these hold for the site, whatever Clerk's settings are. By address is generous: an office
 * of realtors shares one.
 */
export const LIMITS = {
  sign_up: pair("sign_up", { byAddress: 20, byEmail: 5 }, HOUR),
  sign_in: pair("sign_in", { byAddress: 50, byEmail: 10 }, QUARTER_OF_AN_HOUR),
  code: pair("code", { byAddress: 60, byEmail: 15 }, QUARTER_OF_AN_HOUR),
  send_code: pair("send_code", { byAddress: 20, byEmail: 5 }, QUARTER_OF_AN_HOUR),
} as const;

export type LimitName = keyof typeof LIMITS;

function pair(name: string, max: { byAddress: number; byEmail: number }, windowSeconds: number) {
  return {
    byAddress: { bucket: `${name}_by_address`, max: max.byAddress, windowSeconds },
    byEmail: { bucket: `${name}_by_email`, max: max.byEmail, windowSeconds },
  };
}
