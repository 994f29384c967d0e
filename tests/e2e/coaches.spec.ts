import { expect, test } from "./support/test.ts";

test("coaches are found by words, state, specialty and price", async ({ coach, page }) => {
  const { display_name: name } = coach.coach;
  await page.goto("/coaches");
  const search = page.getByRole("search");
  const card = page.getByRole("link", { name, exact: true });

  async function find(change: () => Promise<unknown>, count: 0 | 1) {
    await change();
    await search.getByRole("button", { name: "Show coaches" }).click();
    await expect(card).toHaveCount(count);
  }
  const price = search.getByLabel("Highest price");
  await find(() => search.getByLabel("What do you want to work on?").fill(name), 1);
  await find(() => search.getByLabel("State").selectOption("OH"), 1);
  await find(() => search.getByLabel("State").selectOption("AK"), 0);
  await find(() => search.getByLabel("State").selectOption("TX"), 1);
  await find(() => search.getByLabel("Specialty").selectOption("mindset"), 0);
  await find(() => search.getByLabel("Specialty").selectOption("listing-presentations"), 1);
  await find(() => price.fill("120"), 0);
  await find(() => price.fill("121"), 1);
  await expect(page).toHaveURL(/state=TX/); // every search has an address

  const answered = page.waitForResponse((response) => response.url().includes("max_price=cheap"));
  await price.fill("cheap");
  await search.getByRole("button", { name: "Show coaches" }).click();
  expect((await answered).status()).toBe(400);
  await expect(price).toHaveAccessibleDescription(/Enter whole dollars/);
  await expect(price).toHaveValue("cheap");
  await expect(search.getByLabel("State")).toHaveValue("TX");
});

test("free times are shown in the zone of whoever looks", async ({ coach, page, hasScripts }) => {
  await page.goto(`/coaches/${coach.coach.slug}`);
  // A browser that runs scripts says by itself where it is.
  if (hasScripts) await expect(page.getByLabel("Times in")).toHaveValue("America/Denver");
  await page.getByLabel("Times in").selectOption("Pacific/Honolulu");
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.getByLabel("Times in")).toHaveValue("Pacific/Honolulu");
  await page.getByRole("link", { name: /^All free times/ }).click();
  await expect(page.getByText("Times are in Hawaii-Aleutian Standard Time.")).toBeVisible();
  await page.getByRole("link", { name: "The seven days after" }).click();
  await expect(page.getByRole("radio").first()).toBeAttached();
});

test("what is not there looks the same, whatever it is", async ({ coach, page }) => {
  const paths = [
    "/coaches/nobody-at-all",
    `/coaches/${coach.coach.slug}/book/00000000-0000-4000-8000-00000000dead`,
    `/coaches/${coach.coach.slug}/book/not-an-id`,
    "/nowhere",
  ];
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});
