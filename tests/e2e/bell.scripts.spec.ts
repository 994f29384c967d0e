import type { WebSocketRoute } from "@playwright/test";

import { sql } from "./support/database.ts";
import { createPerson } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

/** Tells somebody something in the app. */
async function tell(profileId: string): Promise<void> {
  await sql`
    insert into public.notifications (recipient_id, kind, channel, subject_id, sentence, path, sent_at)
    values (${profileId}, 'coach_approved', 'in_app', gen_random_uuid(), 'You are on Walkthrough', '/coach', now())
  `;
  await sql`select private.broadcast_unread(${profileId})`;
}

test("the bell counts live, and catches up with what came while the connection was lost", async ({
  openAs,
}) => {
  const person = await createPerson();
  const page = await openAs(person);
  const open: WebSocketRoute[] = [];
  let isDown = false;
  await page.routeWebSocket(/realtime/, (socket) => {
    if (isDown) return void socket.close();
    socket.connectToServer();
    open.push(socket);
  });
  const bell = page.getByRole("link", { name: /^Notifications/ });
  await page.goto("/settings");
  await expect(async () => {
    await sql`delete from public.notifications where recipient_id = ${person.profile.id}`;
    await tell(person.profile.id);
    await expect(bell).toHaveText(/1 unread/, { timeout: 500 });
  }, "it is told without being asked").toPass();

  isDown = true;
  for (const socket of open) await socket.close();
  await tell(person.profile.id);
  await tell(person.profile.id);
  await expect(bell, "nothing is told meanwhile").toHaveText(/1 unread/);
  isDown = false;
  await expect(bell).toHaveText(/3 unread/, { timeout: 30_000 });
});
