import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { hold } from "./support/booking.ts";
import { createSignedIn } from "./support/client.ts";
import { until } from "./support/until.ts";

it("notes no page for an order that is paid in this moment", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const { bookingId } = await hold(dana, coach);
  const [order] = await sql<{ id: string }[]>`
    select order_id as id from public.bookings where id = ${bookingId}
  `;

  const paying = await sql.reserve();
  await paying`begin`;
  await paying`update public.orders set status = 'paid', paid_at = now() where id = ${order!.id}`;
  const noting = sql`
    select public.record_checkout(
      ${dana.person.profile.id}, ${order!.id}, 'cs_late', 'https://checkout.example/late', now() + interval '1 hour'
    )
  `.execute();
  const refusal = noting.then(
    () => "noted",
    ({ code }: { code: string }) => code,
  );
  await until("noting the page waits for the payment", async () => {
    return (await paying`select from pg_locks where not granted`).length > 0;
  });
  await paying`commit`;
  paying.release();

  expect(await refusal).toBe("OCOVR");
  const [noted] = await sql`
    select stripe_checkout_session_id as page from public.orders where id = ${order!.id}
  `;
  expect(noted).toEqual({ page: null });
});
