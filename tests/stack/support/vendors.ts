import { sql } from "../../e2e/support/database.ts";
import { admin, stackValue } from "../../e2e/support/stack.ts";

export type WebhookVendor = "STRIPE" | "ZOOM" | "CALENDLY";

type Modes = { duplicate?: boolean; hold?: boolean; drop?: boolean; delayMilliseconds?: number };

type SentEvent = {
  event: { id: string; type: string; body: string };
  held: boolean;
  attempts: { delivered: boolean; status: number | null }[];
};

/** Changes how a vendor delivers webhooks from now on. */
export async function setModes(vendor: WebhookVendor, modes: Modes): Promise<void> {
  await admin(vendor, "modes", modes);
}

/** Waits until nothing is on its way, retries included. What is held stays held. */
export async function settled(vendor: WebhookVendor): Promise<void> {
  await admin(vendor, "settle", {});
}

/**
 * Sends what was held and waits until it has arrived; holds nothing from now on.
 * @returns how many events that were
 */
export async function release(
  vendor: WebhookVendor,
  order: "in order" | "reversed",
): Promise<number> {
  const { released } = await admin<{ released: number }>(vendor, "release", {
    reverse: order === "reversed",
  });
  await settled(vendor);
  return released;
}

/**
 * Every event so far whose body names one of these texts, oldest first.
 * @param names ids of what they are about
 */
export async function eventsAbout(vendor: WebhookVendor, names: string[]): Promise<SentEvent[]> {
  const { events } = await admin<{ events: SentEvent[] }>(vendor, "events");
  return events.filter(({ event }) => names.some((name) => event.body.includes(name))).reverse();
}

/** Sends an event once more, even one that is held, and waits until it has arrived. */
export async function redeliver(vendor: WebhookVendor, eventId: string): Promise<void> {
  await admin(vendor, "redeliver", { eventId });
  await settled(vendor);
}

type ZoomMeeting = {
  id: number;
  hostId: string;
  agenda: string;
  startTime: string;
  settings: { auto_recording?: string };
  instances: { startedAt: string; endedAt?: string }[];
};

/** The meetings at Zoom that were made for a booking. */
export async function meetingsAtZoom(bookingId: string): Promise<ZoomMeeting[]> {
  const rows = await sql<{ id: string }[]>`
    select id from public.meetings where booking_id = ${bookingId}
  `;
  return (await allMeetingsAtZoom()).filter(({ agenda }) =>
    rows.some(({ id }) => agenda.includes(id)),
  );
}

/** All meetings at Zoom, ours or not. */
export async function allMeetingsAtZoom(): Promise<ZoomMeeting[]> {
  return (await admin<{ meetings: ZoomMeeting[] }>("ZOOM", "state")).meetings;
}

/** Does something at Zoom behind our back, as an admin of the account can. */
export async function zoomCall<Answer>(
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const credentials = `${stackValue("ZOOM_CLIENT_ID")}:${stackValue("ZOOM_CLIENT_SECRET")}`;
  const granted = await fetch(`${stackValue("ZOOM_URL")}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(credentials)}` },
    body: new URLSearchParams({
      grant_type: "account_credentials",
      account_id: stackValue("ZOOM_ACCOUNT_ID"),
    }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };
  const response = await fetch(`${stackValue("ZOOM_URL")}/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`Zoom ${method} ${path}: ${await response.text()}`);
  return (response.status === 204 ? null : await response.json()) as Answer;
}

/** The refunds at Stripe of a booking's payment. */
export async function refundsAtStripe(bookingId: string): Promise<StripeRefund[]> {
  const [row] = await sql<{ intent: string }[]>`
    select payments.stripe_payment_intent_id as intent
    from public.payments
    join public.bookings using (order_id)
    where bookings.id = ${bookingId}
  `;
  const { data } = await stripeGet<{ data: StripeRefund[] }>(
    `/v1/refunds?payment_intent=${row?.intent}`,
  );
  return data;
}

export type StripeRefund = { id: string; amount: number; status: string };

/** Asks Stripe for something, as an admin does in its dashboard. */
export async function stripeGet<Answer>(path: string): Promise<Answer> {
  return stripe<Answer>(path, { method: "GET" });
}

/**
 * Tells Stripe to do something, as an admin does in its dashboard.
 * @param account for a coach's account; for the platform's own when left out
 */
export async function stripePost<Answer>(
  path: string,
  params: Record<string, string>,
  account?: string,
): Promise<Answer> {
  const headers: Record<string, string> = account ? { "stripe-account": account } : {};
  return stripe<Answer>(path, { method: "POST", headers, body: new URLSearchParams(params) });
}

/** Ends a subscription at once, as an admin does in Stripe's dashboard, and waits until that is heard. */
export async function endSubscription(id: string): Promise<void> {
  await stripe(`/v1/subscriptions/${id}`, { method: "DELETE" });
  await settled("STRIPE");
}

async function stripe<Answer>(
  path: string,
  init: RequestInit & { headers?: Record<string, string> },
): Promise<Answer> {
  const response = await fetch(stackValue("STRIPE_URL") + path, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${stackValue("STRIPE_SECRET_KEY")}` },
  });
  if (!response.ok) throw new Error(`Stripe ${path}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

type SentMail = { to: string[]; subject: string };

/** What was mailed to somebody, as subjects, oldest first. */
export async function subjectsTo(email: string): Promise<string[]> {
  const path = `messages?to=${encodeURIComponent(email)}`;
  const { messages } = await admin<{ messages: SentMail[] }>("MAIL", path);
  return messages.map(({ subject }) => subject).reverse();
}
