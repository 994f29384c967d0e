import { z } from "zod";

const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
const Secret = z.string().min(1);

/**
 * What the site reads from its environment. `.env.example` names each of these with one line
 * about it; a test keeps the two in step.
 */
export const EnvSchema = z.object({
  APP_ORIGIN: Url.refine(
    (url) => new URL(url).origin === url,
    "must be scheme, host and port only",
  ),
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  SESSION_SECRET: z
    .string()
    .min(16)
    .transform((secrets) => secrets.split(",")),
  SUPABASE_URL: Url,
  SUPABASE_PUBLISHABLE_KEY: Secret,
  SUPABASE_SECRET_KEY: Secret,
  CLERK_PUBLISHABLE_KEY: Secret.startsWith("pk_"),
  CLERK_SECRET_KEY: Secret.startsWith("sk_"),
  CLERK_JWT_KEY: Secret.optional(),
  CLERK_API_URL: Url.default("https://api.clerk.com"),
  CLERK_FAPI_URL: Url.default("https://frontend-api.clerk.dev"),
  CLERK_PROXY_URL: Url,
  STRIPE_SECRET_KEY: Secret,
  STRIPE_API_BASE: Url.optional(),
  CALENDLY_CLIENT_ID: Secret,
  CALENDLY_CLIENT_SECRET: Secret,
  CALENDLY_API_BASE: Url.default("https://api.calendly.com"),
  CALENDLY_AUTH_BASE: Url.default("https://auth.calendly.com"),
  CALENDLY_ORIGIN: Url.default("https://calendly.com"),
  CALENDLY_WIDGET_URL: Url.default("https://assets.calendly.com/assets/external/widget.js"),
  ZOOM_ACCOUNT_ID: Secret,
  ZOOM_CLIENT_ID: Secret,
  ZOOM_CLIENT_SECRET: Secret,
  ZOOM_SDK_CLIENT_ID: Secret.optional(),
  ZOOM_SDK_CLIENT_SECRET: Secret.optional(),
  ZOOM_API_BASE: Url.default("https://api.zoom.us/v2"),
  ZOOM_OAUTH_BASE: Url.default("https://zoom.us"),
  MAIL_FROM: Secret,
});

export type Env = z.output<typeof EnvSchema>;

let known: Env | undefined;

/**
 * The environment of this process, read once. The only place that reads `process.env`.
 *
 * @returns the validated variables
 * @throws Error naming every variable that is missing or malformed, never its value
 */
export function getEnv(): Env {
  known ??= parseEnv(process.env);
  return known;
}

/**
 * Validates an environment. An empty variable counts as absent: hosts set them that way.
 *
 * @param source names and raw values
 * @returns the validated variables
 * @throws Error naming every variable that is missing or malformed, never its value
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = EnvSchema.safeParse(given);
  if (parsed.success) return parsed.data;

  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return `  ${name}: ${name in given ? issue.message : "missing"}`;
  });
  throw new Error(`The environment is incomplete (see .env.example):\n${problems.join("\n")}`);
}

/**
 * The only variables a browser may be told.
 *
 * @returns the project's address and its publishable key
 */
export function getPublicEnv(): Pick<Env, "SUPABASE_URL" | "SUPABASE_PUBLISHABLE_KEY"> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = getEnv();
  return { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY };
}
