import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { stackValue } from "./support/stack.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** Has the mail emulator tell that this became of a mail, as the buttons of its inbox do. */
async function becomes(mailId: string, fate: "bounced" | "complained"): Promise<void> {
  const url = `${stackValue("RESEND_API_URL")}/messages/${mailId}/${fate}`;
  expect((await fetch(url, { method: "POST" })).ok).toBe(true);
}

test("a mail that comes back is shown on every page, until its address is said to be right", async ({
  coach,
  openAs,
}) => {
  const client = await createPerson();
  const page = await openAs(client);
  const banner = page.getByRole("complementary", { name: "Your mail" });
  await bookSession(page, coach);
  const mail = await waitForMail(client.email, "Confirmed: ");
  await page.goto("/settings/mails");
  await expect(page.getByText(mail.subject)).toBeVisible();
  await expect(banner).toHaveCount(0);

  await becomes(mail.id, "bounced");
  await expect(async () => {
    await page.goto("/sessions");
    await expect(banner).toContainText("came back", { timeout: 500 });
  }).toPass({ timeout: 10_000 });

  await banner.getByRole("link", { name: "See what to do" }).click();
  await expect(page.getByText("It could not be delivered")).toBeVisible();
  await expect(page.getByText(client.email)).toBeVisible();
  await page.getByRole("button", { name: "It is right: mail me again" }).click();
  await expect(page.getByText("We mail you again.")).toBeVisible();
  await expect(banner).toHaveCount(0);
});

test("who calls a mail spam gets only what has to come", async ({ coach, openAs }) => {
  const client = await createPerson();
  const page = await openAs(client);
  await bookSession(page, coach);
  const mail = await waitForMail(client.email, "Confirmed: ");
  await becomes(mail.id, "complained");
  await expect(async () => {
    await page.goto("/settings/notifications");
    const button = page.getByRole("button", { name: "Mail me again" });
    await expect(button).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
});
