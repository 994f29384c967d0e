import { booked } from "./support/booked.ts";
import { sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { expectRefusal, moveWeekTo, openTimes, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const HEADLINE = "Buyer agreements, signed before the first tour";
const BIO =
  "Nineteen years in the same three counties. I play the buyer who has a cousin in the business, and we go on until you stop apologizing for your fee.";

test("somebody applies as a coach, is approved, and only then is found and booked", async ({
  openAs,
  openBrowser,
  page: early,
}) => {
  const person = await createPerson({ kind: "coach", time_zone: "America/Chicago" });
  const page = await openAs(person);

  // The profile; a headline that is too short is refused and nothing typed is lost.
  await page.goto("/coach/profile");
  await withoutConstraints(page);
  const headline = page.getByLabel("Headline");
  const save = page.getByRole("button", { name: "Save and continue" });
  await headline.fill("Buyers");
  await page.getByLabel("About you").fill(BIO);
  await page.getByRole("checkbox", { name: "Buyer consultations" }).check({ force: true });
  await page.getByRole("checkbox", { name: "Illinois" }).check({ force: true });
  await page.getByRole("checkbox", { name: "Spanish" }).check({ force: true });
  await page.getByLabel("Years in the business").fill("19");
  await page.getByLabel("Time zone of your hours").selectOption("America/Chicago");
  await expectRefusal(page, () => save.click(), 422, headline, /10 to 120 characters/);
  await expect(page.getByLabel("About you")).toHaveValue(BIO);
  await expect(page.getByRole("checkbox", { name: "Illinois" })).toBeChecked();
  await headline.fill(HEADLINE);
  await save.click();
  await expect(page.getByText("Your profile is saved.")).toBeVisible();

  // Hours and an offer.
  await page.goto("/coach/availability");
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
    await page.getByLabel(`${day}, first block, from`).selectOption("09:00");
    await page.getByLabel(`${day}, first block, to`).selectOption("17:00");
  }
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Your hours are saved.")).toBeVisible();
  await page.goto("/coach/offers");
  await page.getByRole("link", { name: "Add an offer" }).click();
  await page.getByLabel("Name", { exact: true }).fill("The agreement, out loud");
  await page.getByLabel("Length").selectOption("60");
  await page.getByLabel("Price in US dollars").fill("150");
  await page.getByRole("button", { name: "Put it on sale" }).click();
  await expect(page.getByText("Your offer is on sale.")).toBeVisible();

  // The application. Until somebody has read it, nobody finds them.
  await page.goto("/coach");
  await page.getByRole("button", { name: "Apply to be listed" }).click();
  await expect(page.getByText("Your application is in.")).toBeVisible();
  const [coach] = await sql<{ slug: string }[]>`
    select slug from public.coaches where profile_id = ${person.profile.id} and status = 'applied'
  `;
  const slug = coach?.slug ?? "";
  const search = `/coaches?q=${encodeURIComponent(person.name)}`;
  expect((await early.goto(`/coaches/${slug}`))?.status()).toBe(404);
  await early.goto(search);
  await expect(early.getByRole("link", { name: person.name, exact: true })).toHaveCount(0);

  // What an admin writes in Studio's editor.
  await sql`select admin.approve_coach(${slug})`;
  await waitForMail(person.email, "Your practice is live");
  const visitor = await openBrowser();
  await visitor.goto(search);
  await visitor.getByRole("link", { name: person.name, exact: true }).click();
  await expect(visitor.getByText(HEADLINE)).toBeVisible();
  await expect(visitor.getByText("$150").first()).toBeVisible();
  await visitor.getByRole("link", { name: /^All free times/ }).click();
  await visitor.getByRole("link", { name: "The seven days after" }).click();
  await expect(visitor.getByRole("radio").first()).toBeAttached();
});

test("a coach sees the week, who comes, and what is earned", async ({ coach, client, openAs }) => {
  const bookingId = await booked(client, coach);

  const page = await openAs(coach);
  await page.goto("/coach");
  await moveWeekTo(page, bookingId);
  await page.locator(`main ol a[href="/bookings/${bookingId}"]`).click();
  await expect(page).toHaveURL(`/bookings/${bookingId}`);
  await expect(page.getByText(client.name).first()).toBeVisible();

  const desk = page.getByRole("navigation", { name: "Coach desk" });
  await page.goto("/coach");
  await desk.getByRole("link", { name: "Clients" }).click();
  await expect(page.getByRole("main")).toContainText(client.name);
  await desk.getByRole("link", { name: "Earnings" }).click();
  await expect(page.getByRole("main")).toContainText("$120.50");
  // Fifteen percent is ours.
  await expect(page.getByRole("main")).toContainText("$102.42");
});

test("who is no coach has no desk", async ({ client, openAs }) => {
  const page = await openAs(client);
  for (const path of ["/coach", "/coach/offers", "/coach/earnings", "/coach/clients"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL("/become-a-coach");
  }
});

test("hours decide which times are offered", async ({ coach, openAs, page: visitor }) => {
  const page = await openAs(coach);
  await page.goto("/coach/availability");
  await withoutConstraints(page);
  const save = page.getByRole("button", { name: "Save hours" });
  const to = page.getByLabel("Monday, first block, to");
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
    await page.getByLabel(`${day}, first block, from`).selectOption("");
    await page.getByLabel(`${day}, first block, to`).selectOption("");
  }
  await page.getByLabel("Monday, first block, from").selectOption("10:00");
  await to.selectOption("09:30");
  await save.click();
  await expect(to).toHaveAccessibleDescription(/On Monday, each block must end after it starts/);
  await expect(to).toHaveValue("09:30");

  await to.selectOption("12:00");
  await save.click();
  await expect(page.getByText("Your hours are saved.")).toBeVisible();

  await visitor.goto("/");
  await visitor
    .context()
    .addCookies([{ name: "time_zone", value: "America/Chicago", url: visitor.url() }]);
  await openTimes(visitor, coach);
  await visitor.getByRole("link", { name: "The seven days after" }).click();
  await expect(visitor.getByRole("radio")).toHaveCount(2);
});
