import type Stripe from "stripe";

import { idOf } from "./api/id-of.ts";
import { authenticate, submitCard, type Kit } from "./test-kit.ts";

const DAY = 24 * 60 * 60;

type SessionParams = Partial<Stripe.Checkout.SessionCreateParams>;

/**
 * What tests of memberships do again and again.
 *
 * @param kit asked every time: it starts after the tests are declared
 */
export function membershipSteps(kit: () => Kit) {
  /** A price of something new that recurs. */
  async function membershipPrice(
    interval: "month" | "year" = "month",
    amount = 9_900,
  ): Promise<string> {
    const price = await kit().stripe.prices.create({
      product_data: { name: "Membership" },
      currency: "usd",
      unit_amount: amount,
      recurring: { interval },
    });
    return price.id;
  }

  /** A checkout like ours for a membership of 99 dollars a month. */
  async function open(changes: SessionParams = {}) {
    return kit().stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: await membershipPrice(), quantity: 1 }],
      subscription_data: { metadata: { membership_id: "m-1" }, billing_mode: { type: "flexible" } },
      success_url: "http://site.test/member",
      ...changes,
    });
  }

  /** A membership that began in a checkout. */
  async function subscribed(changes: SessionParams = {}, card: { number?: string } = {}) {
    const { id, url } = await open(changes);
    await submitCard(url, card);
    const session = await kit().stripe.checkout.sessions.retrieve(id);
    return { session, id: idOf(session.subscription) ?? "" };
  }

  /** Lets another card pay for a membership. */
  async function replaceCard(customer: string, subscription: string, number: string) {
    const { stripe } = kit();
    const session = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer,
      success_url: "http://site.test/saved",
    });
    const answer = await submitCard(session.url, { number });
    if (answer.headers.get("location")?.includes("/authenticate/")) {
      await authenticate(kit(), answer, "complete");
    }
    const [method] = (await stripe.paymentMethods.list({ customer })).data;
    await stripe.subscriptions.update(subscription, { default_payment_method: method?.id });
  }

  return {
    membershipPrice,
    open,
    subscribed,
    replaceCard,
    get: (id: string) => kit().stripe.subscriptions.retrieve(id),
    /** Moves the emulator's clock. */
    advance: (days: number) => kit().admin("clock", { advanceSeconds: days * DAY }),
    /** The types of all events, the first first. */
    async eventTypes(): Promise<string[]> {
      const { data } = await kit().stripe.events.list({ limit: 100 });
      return data.map(({ type }) => type).reverse();
    },
    /** What was invoiced so far, the first first. */
    async invoices(subscription: string) {
      const { data } = await kit().stripe.invoices.list({
        subscription,
        expand: ["data.payments"],
      });
      return data.reverse();
    },
  };
}
