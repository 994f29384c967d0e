import { createCoach } from "./support/people.ts";
import { expectRefusal, withoutConstraints } from "./support/steps.ts";
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

test("somebody else's offer is not there", async ({ coach, openAs }) => {
  const page = await openAs(await createCoach());
  const answer = await page.goto(`/coach/offers/${coach.offer.id}`);
  expect(answer?.status()).toBe(404);
});
