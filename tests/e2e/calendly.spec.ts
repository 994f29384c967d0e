import type { Page } from "@playwright/test";

import {
  bookAtCalendly,
  changeAccount,
  chooseIntake,
  connectCalendly,
  createCalendlyAccount,
  openConsent,
  readCalendar,
} from "./support/calendly.ts";
import { sql } from "./support/database.ts";
import { linkIn, waitForMail } from "./support/mail.ts";
import { createCoach, newAccount } from "./support/people.ts";
import { admin } from "./support/stack.ts";
import { introduce, pay, signUp } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("a coach connects, chooses, and disconnects", async ({ coach, openAs }) => {
  const account = await createCalendlyAccount("paid");
  const page = await openAs(coach);
  await connectCalendly(page, account);
  await expect(page.getByText("It is on a paid plan of Calendly.")).toBeVisible();

  await sql`update public.calendly_event_types set duration_minutes = ${coach.offer.duration_minutes}
    where coach_id = ${coach.coach.id} and name = 'Coaching hour'`;
  await page.reload();
  const select = page.getByLabel(coach.offer.title);
  await select.selectOption({ label: "Coaching hour" });
  await page.getByLabel("Stay open").check();
  await page.getByLabel("Make it a session here").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Stay open")).toBeChecked();
  await expect(page.getByLabel("Make it a session here")).toBeChecked();
  await expect(select.locator("option:checked")).toHaveText("Coaching hour");

  await page.getByRole("link", { name: "Disconnect" }).click();
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByText("Your Calendly account is disconnected.")).toBeVisible();
  await expect(page.getByText("No account is connected")).toBeVisible();
  await expect(async () => {
    const { accessTokens, refreshTokens, subscriptions } = await admin<{
      accessTokens: Record<string, { personUuid: string }>;
      refreshTokens: Record<string, { personUuid: string }>;
      subscriptions: { ownerUuid: string }[];
    }>("CALENDLY", "state");
    const left = [...Object.values(accessTokens), ...Object.values(refreshTokens)];
    expect(left.map(({ personUuid }) => personUuid)).not.toContain(account.person.uuid);
    expect(subscriptions.map(({ ownerUuid }) => ownerUuid)).not.toContain(account.person.uuid);
  }).toPass({ timeout: 20_000 });
});

test("somebody new confirms by our mail what they booked at Calendly", async ({
  coach,
  openAs,
  page: visitor,
}) => {
  const account = await createCalendlyAccount("paid");
  const desk = await openAs(coach);
  await connectCalendly(desk, account);
  await chooseIntake(desk, coach, "Make it a session here");
  const guest = { name: "Nora Vale", email: newAccount().email };
  await bookAtCalendly(account, guest);

  const mail = await waitForMail(guest.email, /^One more step for your session/);
  await visitor.goto(linkIn(mail));
  await expect(visitor.getByText("Booked through Calendly.")).toBeVisible();
  await desk.reload();
  await expect(desk.getByText("Nora Vale")).toBeVisible();
  await expect(desk.getByText("Waiting for payment")).toBeVisible();

  // Not with the address that they gave at Calendly: the link is as good.
  await visitor.getByRole("link", { name: "Create an account" }).click();
  await signUp(visitor, newAccount());
  await introduce(visitor, {
    kind: "Real estate agent",
    firstName: "Nora",
    lastName: "Vale",
    state: "OH",
    company: "Third Step Realty",
    number: "SAL.2024001234",
    timeZone: "America/New_York",
  });
  await visitor.getByRole("button", { name: "Save and continue" }).click();
  await visitor.getByRole("button", { name: "Go to payment" }).click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Almost yours");
  await pay(visitor);
  await expect(visitor.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
});

test("a client books at Calendly from the coach's page, pays, and is booked", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  // A free account: nothing tells us of it but the next reading.
  const account = await createCalendlyAccount("free");
  const desk = await openAs(coach);
  await connectCalendly(desk, account);
  await chooseIntake(desk, coach, "And let my page lead there");

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  if (hasScripts) await expectWayOutOfBlockedScript(page);
  await page.getByRole("link", { name: `Times at Calendly for ${coach.offer.title}` }).click();
  // With scripts Calendly's page opens in ours; without, it is where the link leads.
  const there = hasScripts ? page.frameLocator('iframe[title="Select a date and time"]') : page;
  await there.getByRole("radio").nth(40).check();
  await expect(there.getByLabel("Name")).toHaveValue(client.name);
  await expect(there.getByLabel("Email")).toHaveValue(client.email);
  // By key: the frame grows to its page's height, and a click may come where the button just was.
  await there.getByRole("button", { name: "Schedule event" }).press("Enter");
  await expect(there.getByRole("heading", { name: "You are scheduled" })).toBeVisible();
  if (hasScripts) {
    await expect(page).toHaveURL(`/coaches/${coach.coach.slug}`);
    await expect(page.getByText("Booked. We are sending you a mail")).toBeVisible();
  }

  await readCalendar(coach.coach.id);
  const mail = await waitForMail(client.email, /^Please pay for your session with/);
  await page.goto(linkIn(mail));
  await expect(page.getByText(/^Held for you until/)).toBeVisible();
  await pay(page);
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
});

test("what is taken at Calendly can't be booked here", async ({ coach, openAs, page: visitor }) => {
  const account = await createCalendlyAccount("free");
  const page = await openAs(coach);
  await connectCalendly(page, account);
  await expect(page.getByText("free plan")).toBeVisible();

  const times = `/coaches/${coach.coach.slug}/book/${coach.offer.id}`;
  await visitor.goto(times);
  await expect(visitor.getByRole("radio").first()).toBeAttached();
  const start = new Date(Date.now() - 3_600_000).toISOString();
  const end = new Date(Date.now() + 65 * 86_400_000).toISOString();
  await changeAccount(account, { externalBusy: [{ start, end }] });
  await readCalendar(coach.coach.id);
  await visitor.reload();
  await expect(visitor.getByRole("radio")).toHaveCount(0);

  await changeAccount(account, { externalBusy: [] });
  await readCalendar(coach.coach.id);
  await visitor.reload();
  await expect(visitor.getByRole("radio").first()).toBeAttached();
});

test("a calendar that can't be read closes its coach, or not, as they chose", async ({
  coach,
  openAs,
  page: visitor,
}) => {
  const page = await openAs(coach);
  await connectCalendly(page, await createCalendlyAccount("paid"));
  await sql`update private.calendly_connections set last_ok_at = now() - interval '3 hours'
    where coach_id = ${coach.coach.id}`;
  await page.reload();
  await expect(
    page.getByRole("status").getByText(/Stale since .* nobody can book you/),
  ).toBeVisible();
  const times = `/coaches/${coach.coach.slug}/book/${coach.offer.id}`;
  await visitor.goto(times);
  await expect(visitor.getByRole("radio")).toHaveCount(0);

  await page.getByLabel("Stay open").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByRole("radio").first()).toBeAttached();
  await expect(visitor.getByText(/calendar could not be read since/)).toBeVisible();
});

test("who says no, comes back too late, or has it connected elsewhere is told", async ({
  coach,
  openAs,
  openBrowser,
}) => {
  const account = await createCalendlyAccount("paid");
  const page = await openAs(coach);
  await openConsent(page);
  const consent = page.url();
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("Nothing was connected.")).toBeVisible();

  // The same way once more, whose attempt is over.
  await page.goto(consent);
  await page.getByLabel(account.person.name).check();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(/took too long, or began in another browser/)).toBeVisible();
  const visitor = await openBrowser();
  await visitor.goto(page.url() + "/callback?code=stolen&state=guessed");
  await expect(visitor).toHaveURL(/sign-in/);

  await connectCalendly(page, account);
  const other = await openAs(await createCoach());
  await openConsent(other);
  await other.getByLabel(account.person.name).check();
  await other.getByRole("button", { name: "Allow" }).click();
  await expect(other.getByText(/Another coach here has connected/)).toBeVisible();
});

/** When something keeps Calendly's script from the page, the link leads where it says. */
async function expectWayOutOfBlockedScript(page: Page): Promise<void> {
  const script = "**/assets/external/widget.js";
  await page.route(script, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.getByRole("link", { name: /^Times at Calendly/ }).click();
  await expect(page.getByRole("heading", { name: "Coaching hour" })).toBeVisible();
  await page.unroute(script);
  await page.goBack();
}
