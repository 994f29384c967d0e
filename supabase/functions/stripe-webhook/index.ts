import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { refuseWebhook } from "../_shared/refuse-webhook.ts";
import { checked, cryptoProvider, stripe } from "../_shared/stripe.ts";
import { createHandler } from "./handler.ts";
import { createRefresh } from "./refresh.ts";

Deno.serve(
  createHandler({
    readEvent: (rawBody, signature) =>
      stripe.webhooks.constructEventAsync(
        rawBody,
        signature,
        env.STRIPE_WEBHOOK_SECRET,
        undefined,
        cryptoProvider,
      ),

    refresh: createRefresh({
      session: async (id) => checked(await stripe.checkout.sessions.retrieve(id)),
      paymentIntent: async (id) => checked(await stripe.paymentIntents.retrieve(id)),
      refund: async (id) => checked(await stripe.refunds.retrieve(id)),
    }),

    applyEvent: async (event) => {
      await rpc("apply_stripe_event", { event });
    },

    refuseWebhook: (why) => refuseWebhook("stripe", why),
  }),
);
