import type { Page } from "@playwright/test";

import { sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { agree, createMembershipOffer, subscribe } from "./support/memberships.ts";
import { createPerson, type Coach } from "./support/people.ts";
import { fillCard } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("a coach puts a membership on sale, a client agrees, subscribes and has sessions", async ({
  coach,
  client,
  openAs,
}) => {
  const desk = await openAs(coach);
  await desk.goto("/coach/offers");
  await desk.getByRole("link", { name: "Offer a membership" }).click();
  await desk.getByLabel("Name").fill("Steady work");
  await desk.getByLabel("Sessions a month").fill("2");
  await desk.getByLabel("Price in US dollars").fill("280");
  await desk.getByRole("button", { name: "Put it on sale" }).click();
  await expect(desk.getByText("Your membership is on sale.")).toBeVisible();
  await desk.getByRole("link", { name: "Change Steady work" }).click();
  await desk.getByLabel("Price in US dollars").fill("290");
  await desk.getByRole("button", { name: "Save membership" }).click();
  await expect(desk.getByText("$290", { exact: true })).toBeVisible();

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("link", { name: /See the membership.*Steady work/ }).click();
  await expect(page.getByText("$290.00 is charged today and then every month")).toBeVisible();

  // Not ticked beforehand; nothing begins without it.
  const consent = page.getByRole("checkbox");
  await expect(consent).not.toBeChecked();
  await page.locator("form").evaluateAll((forms) => {
    for (const form of forms) (form as HTMLFormElement).noValidate = true;
  });
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await expect(page.getByText("Tick the box to agree to the renewal.")).toBeVisible();

  await consent.check();
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await fillCard(page, "4000 0000 0000 0002", /^Subscribe/);
  await expect(page.getByRole("alert")).toContainText(/declined/i);
  await fillCard(page, "4242 4242 4242 4242", /^Subscribe/);
  await expect(page.getByText("You’re a member.")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/It renews on/)).toBeVisible();
  await expect(page.getByText(/2 sessions are left/)).toBeVisible();
  await expect(page.getByText(/I agree that “Steady work”/)).toBeVisible();

  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("link", { name: /See the membership/ }).click();
  await expect(page.getByRole("link", { name: "See or change it" })).toBeVisible();
});

test("a coach hears of a member and of their cancellation, and reads first what they write", async ({
  coach,
  client,
  openAs,
}) => {
  const offer = await createMembershipOffer(coach);
  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}/memberships/${offer.id}`);
  await expect(page.getByText(/stands first in their messages until it is/)).toBeVisible();
  const membershipId = await subscribe(page, coach, offer.id);
  await writeTo(page, coach);
  const other = await createPerson();
  await writeTo(await openAs(other), coach);

  const desk = await openAs(coach);
  await desk.goto("/messages");
  const threads = desk.getByRole("listitem").filter({ hasText: "A question" });
  await expect(threads.first()).toContainText(client.name);
  await expect(threads.first().getByText("Member", { exact: true })).toBeVisible();
  await expect(threads.last()).toContainText(other.name);
  await expect(threads.last().getByText("Member", { exact: true })).toBeHidden();

  await waitForMail(coach.email, /is now a member: Two sessions a month$/);
  await page.goto(`/memberships/${membershipId}`);
  await page.getByRole("button", { name: "Cancel membership" }).click();
  await expect(page.getByText(/^Cancelled\. It works until/)).toBeVisible();
  const left = await waitForMail(coach.email, /has cancelled Two sessions a month$/);
  expect(left.text).toContain("stays a member until");
});

async function writeTo(page: Page, coach: Coach): Promise<void> {
  await page.goto(`/coaches/${coach.coach.slug}/message`);
  await page.getByLabel("Your message").fill("A question");
  await page.getByRole("button", { name: "Send message" }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
}

test("a client tries a membership for nothing, once", async ({ coach, client, openAs }) => {
  const offer = await createMembershipOffer(coach, { trial_days: 14 });
  const page = await openAs(client);
  const membershipId = await subscribe(page, coach, offer.id);
  await expect(page.getByText(/You are trying it for nothing until/)).toBeVisible();
  await page.getByRole("button", { name: "Cancel membership" }).click();
  await expect(page.getByText(/^Cancelled\. It works until/)).toBeVisible();

  await sql`
    update public.memberships set status = 'ended', ended_at = now() where id = ${membershipId}
  `;
  await page.goto(`/coaches/${coach.coach.slug}/memberships/${offer.id}`);
  await expect(page.getByText("$280.00 is charged today and then every month")).toBeVisible();
});

test("a membership is paused, resumed, changed, cancelled and kept after all", async ({
  coach,
  client,
  openAs,
}) => {
  const offer = await createMembershipOffer(coach);
  await createMembershipOffer(coach, { title: "Four sessions a month", price_cents: 50_000 });
  const page = await openAs(client);
  await subscribe(page, coach, offer.id);

  await page.getByRole("button", { name: "Pause it" }).click();
  await expect(page.getByText("Your membership is paused.")).toBeVisible();
  await expect(page.getByText(/Nothing is charged until you resume it/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause it" })).toBeHidden();
  await page.getByRole("button", { name: "Resume it" }).click();
  await expect(page.getByText("Your membership goes on.")).toBeVisible();

  await page.getByRole("link", { name: "Change plan" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Change to “Four sessions a month”" }).click();
  await expect(page.getByText("Your plan is changed from the next renewal on.")).toBeVisible();
  await expect(page.getByText(/Until the next renewal it is “Two sessions a month”/)).toBeVisible();
  await expect(page.getByText(/\$500\.00 is charged then/)).toBeVisible();

  await page.getByRole("button", { name: "Cancel membership" }).click();
  await expect(page.getByText("Your membership is cancelled.")).toBeVisible();
  await expect(page.getByText(/^Cancelled\. It works until/)).toBeVisible();
  await page.getByRole("button", { name: "Keep my membership" }).click();
  await expect(page.getByText("Your membership stays as it was.")).toBeVisible();

  // Stripe confirms the last of it.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Stripe is confirming your last change")).toBeHidden({
      timeout: 500,
    });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText(/It renews on/)).toBeVisible();
});

test("what was paid is under Billing, with its papers; the card is changed at Stripe", async ({
  coach,
  client,
  openAs,
}) => {
  const offer = await createMembershipOffer(coach);
  const page = await openAs(client);
  await page.goto("/settings");
  await page.getByRole("link", { name: "See your billing" }).click();
  await expect(page.getByText("You have not paid for anything yet")).toBeVisible();

  await subscribe(page, coach, offer.id);
  await page.goto("/settings/billing");
  await expect(page.getByText(/Renews on/)).toBeVisible();
  await expect(page.getByText("$280.00")).toBeVisible();
  await expect(page.getByText("Paid", { exact: true })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: /Receipt/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const pdf = await page.getByRole("link", { name: /Invoice as PDF/ }).getAttribute("href");
  const answer = await page.request.get(pdf ?? "");
  expect(answer.headers()["content-type"]).toContain("application/pdf");
  expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await page.getByRole("button", { name: "See or change your card" }).click();
  await expect(page.getByRole("heading", { name: "Change your card" })).toBeVisible();
  await page.getByLabel("Card number").fill("5555 5555 5555 4444");
  await page.getByLabel("Expiry").fill("12/34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Name on card").fill("Robin Porch");
  await page.getByRole("button", { name: "Use this card" }).click();
  await expect(page).toHaveURL("/settings/billing");
});

test("the payment page can be left, and nothing has begun", async ({ coach, client, openAs }) => {
  const offer = await createMembershipOffer(coach);
  const page = await openAs(client);
  await agree(page, coach, offer.id);
  await page.getByRole("link", { name: "Cancel and go back" }).click();
  await expect(page).toHaveURL(`/coaches/${coach.coach.slug}/memberships/${offer.id}`);
  await page.goto("/settings/billing");
  await expect(page.getByText("You have not paid for anything yet")).toBeVisible();
});

test("somebody else's membership is not found", async ({ coach, client, openAs }) => {
  const offer = await createMembershipOffer(coach);
  const membershipId = await subscribe(await openAs(client), coach, offer.id);
  const desk = await openAs(coach);
  for (const path of ["", "/plan"]) {
    const answer = await desk.goto(`/memberships/${membershipId}${path}`);
    expect(answer?.status()).toBe(404);
  }
});
