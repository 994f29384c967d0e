import { parseEnv, type Env } from "../lib/env.server.ts";

/**
 * An environment for tests of the server: nothing in it exists.
 *
 * @param changes variables that a test is about
 */
export function testEnv(changes: Record<string, string> = {}): Env {
  return parseEnv({
    APP_ORIGIN: "http://localhost:3000",
    SESSION_SECRET: "a-secret-for-tests",
    SUPABASE_URL: "http://127.0.0.1:1",
    SUPABASE_PUBLISHABLE_KEY: "sb_publishable_test",
    SUPABASE_SECRET_KEY: "sb_secret_test",
    CLERK_PUBLISHABLE_KEY: `pk_live_${Buffer.from("clerk.app.localhost$").toString("base64")}`,
    CLERK_SECRET_KEY: "sk_live_local_test",
    CLERK_FAPI_URL: "http://127.0.0.1:1",
    CLERK_PROXY_URL: "http://localhost:3000/__clerk",
    STRIPE_SECRET_KEY: "sk_test_test",
    CALENDLY_CLIENT_ID: "local_test_client",
    CALENDLY_CLIENT_SECRET: "local_test_client_secret",
    ZOOM_ACCOUNT_ID: "test",
    ZOOM_CLIENT_ID: "test",
    ZOOM_CLIENT_SECRET: "test",
    MAIL_FROM: "Walkthrough <sessions@walkthrough.example>",
    ...changes,
  });
}
