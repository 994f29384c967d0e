import { newAccount } from "./support/people.ts";
import { expectRefusal, introduce, signUp, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("who somebody is must make sense, and nothing typed is lost", async ({ page, hasScripts }) => {
  await signUp(page, newAccount());
  await withoutConstraints(page);
  await introduce(page, {
    kind: "Loan officer",
    firstName: "Casey",
    lastName: "Doorway",
    state: "TX",
    company: "Lintel Mortgage",
    number: "ABC",
    timeZone: "America/Chicago",
  });
  const save = page.getByRole("button", { name: "Save and continue" });
  const number = page.getByLabel(/NMLS ID/);
  await expectRefusal(page, () => save.click(), 422, number, /digits only/i);
  await expect(number).toHaveValue("ABC");
  await expect(page.getByRole("radio", { name: "Loan officer" })).toBeChecked();
  await expect(page.getByLabel("First name")).toHaveValue("Casey");
  await expect(page.getByLabel("State you work in")).toHaveValue("TX");
  await expect(page.getByLabel("Your time zone")).toHaveValue("America/Chicago");

  if (!hasScripts) {
    // With scripts the page itself says so, before anything is sent.
    const firstName = page.getByLabel("First name");
    await withoutConstraints(page);
    await firstName.fill("");
    await expectRefusal(page, () => save.click(), 400, firstName, /Enter your first name/);
    await firstName.fill("Casey");
  }
  await number.fill("1234567");
  await save.click();
  await expect(page).toHaveURL("/coaches");

  await page.goto("/settings");
  await expect(page.getByLabel(/NMLS ID/)).toHaveValue("1234567");
});

test("settings change, and the zone of every page with them", async ({ client, openAs }) => {
  const page = await openAs(client);
  await page.goto("/settings");
  await expect(page.getByText(client.email)).toBeVisible();
  await page.getByLabel("Your time zone").selectOption("Pacific/Honolulu");
  await page.getByLabel("Brokerage").fill("Open Door Homes");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Your time zone")).toHaveValue("Pacific/Honolulu");
  await expect(page.getByLabel("Brokerage")).toHaveValue("Open Door Homes");
});
