import { openThread, say } from "./support/conversation.ts";
import { sql } from "./support/database.ts";
import { createPerson } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("a coach answers one after the other without losing who waits", async ({
  coach,
  client,
  openAs,
}) => {
  const other = await createPerson();
  for (const person of [client, other]) await say(await openThread(person, coach), person, "Hi.");
  const page = await openAs(coach);
  await page.goto("/messages?waiting=1");
  await page.getByRole("link", { name: client.name }).click();
  await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}\?waiting=1$/);
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Good morning.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("log")).toContainText("Good morning.");
  await expect(page).toHaveURL(/\?waiting=1$/);
  await page.getByRole("link", { name: other.name }).click();
  await expect(page).toHaveURL(/\?waiting=1$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(other.name);
});

test("what was taken back can be reported, and reported again after a decision", async ({
  coach,
  client,
  openAs,
}) => {
  const id = await openThread(client, coach);
  await say(id, coach, "You are a fool.");
  const claims = JSON.stringify({ sub: coach.profile.clerk_user_id });
  await sql`
    select public.delete_message(messages.id) from public.messages
    where conversation_id = ${id} and set_config('request.jwt.claims', ${claims}, true) is not null
  `;
  const page = await openAs(client);
  for (const reason of ["It was an insult.", "It was an insult, I say."]) {
    await page.goto(`/messages/${id}`);
    await expect(page.getByRole("log")).toContainText("Message deleted");
    await page.getByRole("link", { name: "Report this message" }).click();
    await page.getByLabel("What is wrong with it?").fill(reason);
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByText("Thank you for telling us.")).toBeVisible();

    await page.getByRole("link", { name: "Report this message" }).click();
    await expect(page.getByText("You have reported this.")).toBeVisible();
    await sql`
      select admin.decide_report(reports.id, 'keep', 'It was taken back at once.')
      from public.reports where reporter_id = ${client.profile.id} and decided_at is null
    `;
  }
});

test("a page that is open learns that its writer was blocked, and keeps what was typed", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  test.skip(!hasScripts, "without scripts it is learnt on sending");
  const id = await openThread(client, coach);
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expect(page.getByText(/^Live/)).toBeVisible({ timeout: 20_000 });
  const field = page.getByRole("textbox", { name: /^Message to/ });
  await field.fill("Half a sen");
  const claims = JSON.stringify({ sub: coach.profile.clerk_user_id });
  const as = sql`set_config('request.jwt.claims', ${claims}, true) is not null`;
  await sql`select public.block_conversation(${id}) from (select) as one where ${as}`;
  await expect(page.getByText("This conversation takes no more messages.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await field.press("Control+Enter");
  await expect(field).toHaveValue("Half a sen");
  await expect(page.getByRole("log").getByText("Half a sen")).toHaveCount(0);

  await page.reload();
  await expect(field).toHaveCount(0);
  await sql`select public.unblock_conversation(${id}) from (select) as one where ${as}`;
  await page.reload();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
});

test("a suspended coach writes to nobody, and what they wrote is hidden", async ({
  coach,
  client,
  openAs,
}) => {
  const id = await openThread(client, coach);
  await say(id, client, "Do you do short sales?");
  await say(id, coach, "Send the money first.");
  await sql`select admin.suspend_coach(${coach.coach.slug}, 'Takes money elsewhere.')`;

  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expect(page.getByText(/^This coach is suspended: nothing more can be/)).toBeVisible();
  await expect(page.getByRole("log")).toContainText("Do you do short sales?");
  await expect(page.getByRole("log")).not.toContainText("Send the money first.");
  await expect(page.getByRole("textbox", { name: /^Message to/ })).toHaveCount(0);
  const coachPage = await openAs(coach);
  await coachPage.goto(`/messages/${id}`);
  await expect(coachPage.getByText(/^Your practice is suspended: you can write/)).toBeVisible();
  await expect(coachPage.getByRole("textbox", { name: /^Message to/ })).toHaveCount(0);
});
