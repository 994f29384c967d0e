import { env } from "../_shared/env.ts";
import { receiveStripeEvents } from "../_shared/stripe-events/receive.ts";

// Events of coaches' own accounts come to an endpoint of their own, signed with another secret.
Deno.serve(receiveStripeEvents(env.STRIPE_CONNECT_WEBHOOK_SECRET));
