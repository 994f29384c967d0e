import { join } from "node:path";

import { startCalendlyEmulator } from "../../emulators/calendly/server.ts";
import { startClerkEmulator } from "../../emulators/clerk/server.ts";
import { startMailEmulator } from "../../emulators/mail/server.ts";
import { startStripeEmulator } from "../../emulators/stripe/server.ts";
import { startZoomEmulator } from "../../emulators/zoom/server.ts";
import type { Service } from "./service.ts";
import type { Ports, StackEnv } from "./stack-env.ts";

/** The licensed users of the Zoom account: so many sessions can be held at once, those of tests that run beside each other too. */
const ZOOM_HOST_COUNT = 24;

export const ZOOM_HOSTS = Array.from({ length: ZOOM_HOST_COUNT }, (_, index) => ({
  id: `local_host_${index + 1}`,
  email: `host-${index + 1}@walkthrough.example`,
}));

/** Starts the vendors, all at once; what they know is kept in `dir`. */
export function startEmulators(env: StackEnv, ports: Ports, dir: string): Promise<Service>[] {
  const functions = `${env.SUPABASE_URL}/functions/v1`;
  const snapshot = (name: string) => join(dir, `${name}.json`);

  return [
    startMailEmulator({
      port: ports.mail,
      apiKey: env.RESEND_API_KEY,
      webhookUrl: `${functions}/resend-webhook`,
      webhookSecret: env.RESEND_WEBHOOK_SECRET,
      snapshotPath: snapshot("mail"),
    }),
    startClerkEmulator({
      port: ports.clerk,
      appOrigin: env.APP_ORIGIN,
      publishableKey: env.CLERK_PUBLISHABLE_KEY,
      secretKey: env.CLERK_SECRET_KEY,
      webhookUrl: `${functions}/clerk-webhook`,
      webhookSecret: env.CLERK_WEBHOOK_SECRET,
      mailUrl: env.RESEND_API_URL,
      mailApiKey: env.RESEND_API_KEY,
      snapshotPath: snapshot("clerk"),
      keysPath: join(dir, "clerk-keys.json"),
    }),
    startStripeEmulator({
      port: ports.stripe,
      secretKey: env.STRIPE_SECRET_KEY,
      webhooks: [
        { url: `${functions}/stripe-webhook`, secret: env.STRIPE_WEBHOOK_SECRET },
        {
          url: `${functions}/stripe-connect-webhook`,
          secret: env.STRIPE_CONNECT_WEBHOOK_SECRET,
          connect: true,
        },
      ],
      snapshotPath: snapshot("stripe"),
    }),
    startZoomEmulator({
      port: ports.zoom,
      accountId: env.ZOOM_ACCOUNT_ID,
      clientId: env.ZOOM_CLIENT_ID,
      clientSecret: env.ZOOM_CLIENT_SECRET,
      webhookUrl: `${functions}/zoom-webhook`,
      webhookSecret: env.ZOOM_WEBHOOK_SECRET,
      appOrigin: env.APP_ORIGIN,
      hosts: ZOOM_HOSTS,
      snapshotPath: snapshot("zoom"),
    }),
    startCalendlyEmulator({
      port: ports.calendly,
      clientId: env.CALENDLY_CLIENT_ID,
      clientSecret: env.CALENDLY_CLIENT_SECRET,
      webhookSigningKey: env.CALENDLY_WEBHOOK_SIGNING_KEY,
      appOrigin: env.APP_ORIGIN,
      snapshotPath: snapshot("calendly"),
    }),
  ];
}
