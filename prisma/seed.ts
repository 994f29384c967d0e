/**
 * Fills a local stack with the demo market: coaches, clients, sessions, reviews, conversations.
 * Run by the stack beside an empty database; its addresses are in the environment.
 */
import { seedDemoMarket } from "./seed/seed-demo-market.ts";

await seedDemoMarket({
  databaseUrl: required("DATABASE_URL"),
  clerkUrl: required("CLERK_URL"),
  stripeUrl: required("STRIPE_URL"),
  stripeKey: required("STRIPE_SECRET_KEY"),
  now: new Date(),
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run this with npm run with-stack.`);
  return value;
}
