/** A Realtime beside the stack's own, at the port that is said; a process of its own, so that it can be killed. */
import { clerkIssuer } from "../../../supabase/local/clerk-issuer.ts";
import { startRealtime } from "../../../supabase/local/realtime/server.ts";
import { createTokenVerifier } from "../../../supabase/local/tokens.ts";
import { stackValue } from "./stack.ts";

await startRealtime({
  port: Number(process.argv[2]),
  databaseUrl: stackValue("DATABASE_URL"),
  verifyToken: createTokenVerifier({
    publishableKey: stackValue("SUPABASE_PUBLISHABLE_KEY"),
    secretKey: stackValue("SUPABASE_SECRET_KEY"),
    jwksUrl: `${stackValue("CLERK_URL")}/.well-known/jwks.json`,
    issuer: clerkIssuer(stackValue("CLERK_PUBLISHABLE_KEY")),
  }),
});
process.send?.("ready");
