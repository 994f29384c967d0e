import { z } from "zod";

/** An optional variable that is set but empty is not set. */
const optional = z
  .string()
  .transform((value) => value || undefined)
  .optional();

// The twin of app/lib/env.server.ts; .env.example says what each is for.
const EnvSchema = z.object({
  APP_ORIGIN: z.url(),
  SUPABASE_URL: z.url(),
  SUPABASE_SECRET_KEY: z.string().min(1),
  CLERK_SECRET_KEY: z.string().min(1),
  CLERK_API_URL: optional,
  CLERK_WEBHOOK_SECRET: z.string().min(1),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_API_BASE: optional,
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
  STRIPE_CONNECT_WEBHOOK_SECRET: z.string().min(1),
  ZOOM_ACCOUNT_ID: z.string().min(1),
  ZOOM_CLIENT_ID: z.string().min(1),
  ZOOM_CLIENT_SECRET: z.string().min(1),
  ZOOM_WEBHOOK_SECRET: z.string().min(1),
  ZOOM_API_BASE: z.url().default("https://api.zoom.us/v2"),
  ZOOM_OAUTH_BASE: z.url().default("https://zoom.us"),
  CALENDLY_CLIENT_ID: z.string().min(1),
  CALENDLY_CLIENT_SECRET: z.string().min(1),
  CALENDLY_WEBHOOK_SIGNING_KEY: z.string().min(1),
  CALENDLY_API_BASE: z.url().default("https://api.calendly.com"),
  CALENDLY_AUTH_BASE: z.url().default("https://auth.calendly.com"),
  RESEND_API_KEY: z.string().min(1),
  RESEND_WEBHOOK_SECRET: z.string().min(1),
  RESEND_API_URL: z.url().default("https://api.resend.com"),
  MAIL_FROM: z.string().min(1),
});

/**
 * The functions' settings, checked once at start.
 * @throws Error that names every variable that is missing or malformed
 */
export const env = readEnv(Deno.env.toObject());

function readEnv(source: Record<string, string>) {
  const parsed = EnvSchema.safeParse({
    SUPABASE_SECRET_KEY: platformSecretKey(source.SUPABASE_SECRET_KEYS),
    ...source,
  });
  if (parsed.success) return parsed.data;

  const names = parsed.error.issues.map((issue) => issue.path.join("."));
  throw new Error(`Environment: ${names.join(", ")} missing or malformed. See .env.example.`);
}

/** Supabase's runtime gives secret keys as a JSON object of names and keys. */
function platformSecretKey(keys: string | undefined): string | undefined {
  if (!keys) return undefined;
  return z.record(z.string(), z.string()).parse(JSON.parse(keys)).default;
}
