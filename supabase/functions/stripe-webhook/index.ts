import { env } from "../_shared/env.ts";
import { receiveStripeEvents } from "../_shared/stripe-events/receive.ts";

Deno.serve(receiveStripeEvents(env.STRIPE_WEBHOOK_SECRET));
