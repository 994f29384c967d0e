import { z } from "zod";

/** What one sets in Clerk's Dashboard, and a few knobs for tests. Defaults are those of a new instance. */
export const SettingsSchema = z.strictObject({
  /** Device Trust: a password on a browser that the user never used asks for an e-mailed code too. */
  deviceTrust: z.boolean().default(true),
  /** The documented limits per IP address, and the pause between two codes of one attempt. */
  rateLimits: z.boolean().default(true),
  /** Failed passwords and codes until the account locks. */
  maximumFailedAttempts: z.int().positive().default(10),
  lockoutSeconds: z.int().positive().default(3600),
  /** Wrong tries until a code is worthless. */
  maximumCodeAttempts: z.int().positive().default(3),
  codeLifetimeSeconds: z.int().positive().default(600),
  /** Clerk's is 60 and cannot be changed; tests shorten it to see a token expire. */
  tokenLifetimeSeconds: z.int().positive().default(60),
  sessionLifetimeSeconds: z
    .int()
    .positive()
    .default(7 * 24 * 3600),
  /** Whether sign-up asks for a first and last name. */
  namesRequired: z.boolean().default(false),
});

export type Settings = z.output<typeof SettingsSchema>;
export type SettingsInput = z.input<typeof SettingsSchema>;
