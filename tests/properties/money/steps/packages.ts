import { startPackageCheckout } from "../../../../app/features/orders/start-checkout.server.ts";
import type { OwnPackage } from "../../../../app/features/packages/packages.server.ts";
import { CLIENTS, profileOf } from "../people.ts";
import { PAYS, payWith } from "./buying.ts";
import { again, allowed, pick, type Run, type Step } from "./run.ts";
import { hearAll } from "./stripe.ts";

/** Somebody buys a package of a coach, and pays at once. */
export const buyPackage: Step = async (run, dice) => {
  const page = await allowed(openPackage(run, pick(CLIENTS, dice), "lena's package"));
  if (!page) return false;
  await payWith(page.url, PAYS);
  return true;
};

/** The same, and the news of it arrives. */
export const getPackage: Step = async (run, dice) => {
  if (!(await buyPackage(run, dice))) return false;
  await hearAll(run);
  return true;
};

/** Orders a package and opens the page to pay, or the one that was opened before. */
export async function openPackage(
  run: Run,
  client: string,
  name: string,
): Promise<{ orderId: string; url: string }> {
  const [offer] = await run.database.run<{ id: string }>(
    `select tests.id('${name.replaceAll("'", "''")}') as id`,
  );
  const orderId = (await run.database.rpc(
    "buy_package",
    { offer_id: offer!.id },
    client,
  )) as string;
  const [order] = (await run.database.rpc(
    "package_details",
    { order_id: orderId },
    client,
  )) as OwnPackage[];
  const started = await startPackageCheckout(order!, await profileOf(run, client));
  if (!started.ok) throw new Error("The checkout did not start.");
  return { orderId, url: started.url };
}

/** Somebody books a session of a package. */
export const useCredit: Step = async (run, dice) => {
  const orders = await run.database.run<{ id: string; client: string; starts_at: string }>(`
    select orders.id, people.name as client,
      tests.on_day(${1 + (again(dice) % 9)}, '${8 + (dice % 10)}:00')::text as starts_at
    from public.orders
    join tests.fixtures as people on people.id = orders.client_id
    where private.credits_left(orders.id) > 0
    order by orders.created_at, orders.id
  `);
  if (orders.length === 0) return false;
  const { id, client, starts_at } = pick(orders, dice);
  const bookingId = await allowed(
    run.database.rpc(
      "request_booking_with_credit",
      { order_id: id, starts: `{${starts_at}}`, time_zone: "America/Chicago" },
      client,
    ),
  );
  return bookingId !== null;
};

/** Months that are moved back are not equally long: what ends with them may do so some days later. */
const DAYS_OF_MONTHS = 4;

/** Months pass, and what is left of packages ends. */
export const outlast: Step = async (run) => {
  const [left] = await run.database.run<{ minutes: number | null }>(`
    select ceil(extract(epoch from min(credits_end_at) - now()) / 60)::integer as minutes
    from public.orders where private.credits_left(orders.id) > 0
  `);
  if (!left?.minutes) return false;
  await run.pass(Math.max(0, left.minutes) + DAYS_OF_MONTHS * 1_440);
  await run.runJobs();
  return true;
};
