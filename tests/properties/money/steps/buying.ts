import { startCheckout } from "../../../../app/features/orders/start-checkout.server.ts";
import { isHeld, type Checkout } from "../../../../app/features/orders/orders.server.ts";
import { CLIENTS, COACHES, profileOf } from "../people.ts";
import { again, allowed, pick, submit, type Run, type Step } from "./run.ts";

/** Money that can be used at once. */
export const PAYS = "4000 0000 0000 0077";

/** A card that can be kept, and is declined whenever it is charged. */
export const KEPT_AND_DECLINED = "4000 0000 0000 0341";

export const CARDS = [
  PAYS,
  "4242 4242 4242 4242", // pays; the money is on its way for two days
  "4000 0000 0000 0002", // is declined
  "4000 0000 0000 3220", // asks for 3-D Secure
];

/** Somebody holds a time of a coach and opens the page to pay. */
export const book: Step = async (run, dice) => (await hold(run, dice)) !== null;

/** The same, and pays at once. */
export const buy: Step = async (run, dice) => {
  const page = await hold(run, dice);
  if (!page) return false;
  await payWith(page, PAYS);
  return true;
};

async function hold(run: Run, dice: number): Promise<string | null> {
  const client = pick(CLIENTS, dice);
  const coach = pick(COACHES, again(dice));
  const [wish] = await run.database.run<{ offer_id: string; starts_at: string }>(`
    select tests.id('${coach}''s hour') as offer_id,
      tests.on_day(${1 + (again(dice) % 9)}, '${8 + (dice % 10)}:00')::text as starts_at
  `);
  const coupon = pick(["", "", "OURS", "HERS"], again(dice + 1));
  const bookingId = await allowed(
    run.database.rpc("request_booking", { ...wish, time_zone: "America/Chicago", coupon }, client),
  );
  if (bookingId === null) return null;

  const [checkout] = (await run.database.rpc(
    "checkout_details",
    { booking_id: bookingId },
    client,
  )) as Checkout[];
  if (!checkout || !isHeld(checkout, new Date(0))) throw new Error("It is not held.");
  const started = await startCheckout(checkout, await profileOf(run, client));
  if (!started.ok) throw new Error("The checkout did not start.");
  return started.url;
}

/** Somebody submits an open page with one card or another. */
export const pay: Step = async (run, dice) => {
  const { data: pages } = await run.stripe.checkout.sessions.list({ status: "open", limit: 100 });
  if (pages.length === 0) return false;
  await payWith(pick(pages, dice).url!, pick(CARDS, again(dice)), dice % 3 > 0);
  return true;
};

/** Fills in a payment page; a bank that asks the person is told by them that it was, or was not, them. */
export async function payWith(page: string, number: string, isConfirmed = true): Promise<void> {
  const person = { email: "ben@example.com", name: "Ben Buyer", expiry: "12/34", cvc: "123" };
  const answer = await submit(page, { ...person, number });
  const next = answer.headers.get("location");
  if (!next?.includes("/authenticate/")) return;
  await submit(new URL(next, page).href, { outcome: isConfirmed ? "complete" : "fail" });
}
