import { booked } from "./support/booked.ts";
import { moveBooking, runJob } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { expectRefusal, rate, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const WORDS = "We priced it together, out loud, until I could say the number without blinking.";

test("a session completes by itself and is reviewed once, which the coach's page shows", async ({
  coach,
  client,
  openAs,
  page: visitor,
}) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  await page.goto(`/bookings/${bookingId}/review`);
  await expect(page).toHaveURL(`/bookings/${bookingId}`); // too early

  await moveBooking(bookingId, -46);
  await runJob("complete_bookings");
  const invitation = await waitForMail(client.email, "How was your session with");
  expect(invitation.html).toContain(`/bookings/${bookingId}/review`);
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("link", { name: "Write a review" }).click();

  await withoutConstraints(page);
  const body = page.getByLabel("What should others know?");
  const publish = page.getByRole("button", { name: "Send review" });
  await rate(page, 4);
  await body.fill("Too short.");
  await expectRefusal(page, () => publish.click(), 422, body, /20 to 2,000 characters/);
  await expect(body).toHaveValue("Too short.");
  await expect(page.getByRole("radio", { name: "4 stars" }).nth(2)).toBeChecked();
  await body.fill(WORDS);
  await publish.click();
  await expect(page.getByText("Your review is in.")).toBeVisible();

  // Not twice.
  await page.goto(`/bookings/${bookingId}/review`);
  await expect(page).toHaveURL(`/bookings/${bookingId}`);
  await waitForMail(coach.email, "reviewed your session");

  // A second client's five stars make the average 4.5.
  const somebody = await createPerson();
  const other = await openAs(somebody);
  const otherId = await booked(somebody, coach);
  await moveBooking(otherId, -46);
  await runJob("complete_bookings");
  await other.goto(`/bookings/${otherId}/review`);
  await rate(other, 5);
  await other.getByLabel("What should others know?").fill(`${WORDS} Twice.`);
  await other.getByRole("button", { name: "Send review" }).click();
  await expect(other.getByText("Your review is in.")).toBeVisible();

  // A week later.
  await moveBooking(bookingId, -8 * 24 * 60);
  await moveBooking(otherId, -8 * 24 * 60 + 60);
  await runJob("publish_due_reviews");
  await visitor.goto(`/coaches/${coach.coach.slug}`);
  await expect(visitor.getByText(WORDS, { exact: true })).toBeVisible();
  await expect(visitor.getByText("4.5").first()).toBeVisible();
  await expect(visitor.getByText("2 sessions held here")).toBeVisible();
});

test("a review without stars or words is asked for them", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  await moveBooking(bookingId, -46);
  await runJob("complete_bookings");
  await page.goto(`/bookings/${bookingId}/review`);
  await withoutConstraints(page);
  await page.getByRole("button", { name: "Send review" }).click();
  await expect(page.getByText("Choose one to five stars.")).toHaveCount(3);
  await expect(page.getByLabel("What should others know?")).toHaveAccessibleDescription(
    /Write a few lines/,
  );
});
