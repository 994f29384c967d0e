import { waitForMail } from "./support/mail.ts";
import { createCoach } from "./support/people.ts";
import { chooseTime, expectRefusal, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("an offer is made, changed and taken off sale", async ({ coach, openAs, page: visitor }) => {
  const page = await openAs(coach);
  await page.goto("/coach/offers/new");
  await withoutConstraints(page);
  await page.getByLabel("Name", { exact: true }).fill("One hard question");
  await page.getByLabel("Description").fill("Twenty minutes, one question, one answer.");
  await page.getByLabel("Length").selectOption("20");
  const price = page.getByLabel("Price in US dollars");
  await price.fill("4");
  const save = page.getByRole("button", { name: "Put it on sale" });
  await expectRefusal(page, () => save.click(), 422, price, /\$5 to \$5,000/);
  await expect(price).toHaveValue("4");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("One hard question");
  await price.fill("45");
  await save.click();
  await expect(page.getByText("Your offer is on sale.")).toBeVisible();

  await page.getByRole("link", { name: "Change One hard question" }).click();
  await page.getByLabel("Price in US dollars").fill("49.50");
  await page.getByRole("button", { name: "Save offer" }).click();
  await expect(page.getByText("It counts from the next booking on.")).toBeVisible();
  await visitor.goto(`/coaches/${coach.coach.slug}`);
  await expect(visitor.getByText("$49.50")).toBeVisible();

  await page.getByRole("link", { name: /^Take off sale.*One hard question$/ }).click();
  await page.getByRole("button", { name: "Take it off sale" }).click();
  await expect(page.getByText("It is off sale.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText("One hard question")).toHaveCount(0);
});

test("a free intro call is booked without paying, once, and called off without money", async ({
  coach,
  client,
  openAs,
}) => {
  const desk = await openAs(coach);
  await desk.goto("/coach/offers");
  await desk.getByRole("link", { name: "Offer a free intro call" }).click();
  await desk.getByLabel("Name", { exact: true }).fill("Get to know each other");
  await desk.getByRole("button", { name: "Offer it" }).click();
  await expect(desk.getByText("Your intro call can be booked.")).toBeVisible();
  await expect(desk.getByRole("link", { name: "Offer a free intro call" })).toHaveCount(0);
  await desk.getByRole("link", { name: "Change Get to know each other" }).click();
  await expect(desk.getByLabel("Price in US dollars")).toHaveCount(0);
  await desk.getByLabel("Length").selectOption("15");
  await desk.getByRole("button", { name: "Save offer" }).click();
  await expect(desk.getByText("It counts from the next booking on.")).toBeVisible();

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  const first = page.getByRole("article").first();
  await expect(first).toContainText("Get to know each other");
  await expect(first).toContainText("Free");
  await first.getByRole("link", { name: /All free times/ }).click();
  await chooseTime(page);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByText("You’re booked.")).toBeVisible();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main")).not.toContainText("$");
  const session = new URL(page.url()).pathname;
  const mail = await waitForMail(client.email, "Confirmed: Get to know each other");
  expect(mail.text).toContain("It is free.");

  await page.goto(`/coaches/${coach.coach.slug}`);
  await page
    .getByRole("article")
    .first()
    .getByRole("link", { name: /All free times/ })
    .click();
  await chooseTime(page);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("alert")).toContainText(/had your free intro call/);

  await page.goto(session);
  await page.getByRole("link", { name: "Cancel this session" }).click();
  await expect(page.getByText("Nothing was paid for it")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("The session is cancelled.")).toBeVisible();
});

test("somebody else's offer is not there", async ({ coach, openAs }) => {
  const page = await openAs(await createCoach());
  const answer = await page.goto(`/coach/offers/${coach.offer.id}`);
  expect(answer?.status()).toBe(404);
});
