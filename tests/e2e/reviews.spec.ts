import { booked } from "./support/booked.ts";
import { moveBooking, runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { reviewed } from "./support/reviewed.ts";
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

test("both review each other without seeing the other's first, the coach replies, and it is reported", async ({
  coach,
  client,
  openAs,
  page: visitor,
}) => {
  const ofCoach = "Answered the one question I had been afraid of, and had me say it five times.";
  const ofClient =
    "Came with the listing, the numbers and a real question. Ask for more role play.";
  const page = await openAs(client);
  const desk = await openAs(coach);
  const bookingId = await booked(client, coach);
  await moveBooking(bookingId, -46);
  await runJob("complete_bookings");

  // The client first, and nobody else reads it.
  await page.goto("/sessions?show=past");
  await expect(page.getByText("Review due")).toBeVisible();
  await page.getByRole("link", { name: "Review", exact: true }).click();
  await rate(page, 3);
  await page.getByLabel("What should others know?").fill(ofCoach);
  await page.getByLabel("Anything only we should know?").fill("The line was bad.");
  await page.getByRole("button", { name: "Send review" }).click();
  await expect(page.getByText("Your review is in.")).toBeVisible();
  await expect(page.getByText("Both are shown together, once there are two")).toBeVisible();
  await expect(page.getByText(/once they have written, too, or on/)).toBeVisible();
  await visitor.goto(`/coaches/${coach.coach.slug}`);
  await expect(visitor.getByText(ofCoach)).toHaveCount(0);

  // The coach sees that there is one, and writes without having read it.
  await desk.goto("/coach/reviews");
  await expect(desk.getByText("They have written")).toBeVisible();
  await expect(desk.getByText(ofCoach)).toHaveCount(0);
  await desk.getByRole("link", { name: `Review ${client.profile.first_name}` }).click();
  await expect(desk.getByRole("group", { name: "Open to advice" })).toBeVisible();
  await rate(desk, 5);
  await desk.getByLabel("How was it to work with them?").fill(ofClient);
  await desk.getByRole("button", { name: "Send review" }).click();
  await expect(desk.getByText("both are shown now")).toBeVisible();
  await expect(desk.getByText(ofCoach)).toBeVisible();
  await expect(desk.getByText("The line was bad.")).toHaveCount(0);
  await waitForMail(coach.email, /^What .* wrote about your session/);

  // What a coach writes is for the two.
  await page.goto(`/bookings/${bookingId}`);
  await expect(page.getByText(ofClient)).toBeVisible();
  await visitor.reload(); // a browser keeps a visitor's page for a while
  await expect(visitor.getByText(ofCoach)).toBeVisible();
  await expect(visitor.getByText(ofClient)).toHaveCount(0);
  await expect(visitor.getByText("3.0").first()).toBeVisible();

  // One reply.
  await desk.goto("/coach/reviews");
  await desk.getByRole("link", { name: /^Reply/ }).click();
  await expect(desk.getByText(ofCoach)).toBeVisible();
  await desk.getByLabel("What would you like to answer?").fill("Thank you. Five was the one.");
  await desk.getByRole("button", { name: "Publish reply" }).click();
  await expect(desk.getByText("Your reply is published.")).toBeVisible();
  await expect(desk.getByRole("link", { name: "Reply" })).toHaveCount(0);
  await desk.goto(`/bookings/${bookingId}/reply`);
  await expect(desk).toHaveURL(new RegExp(`/bookings/${bookingId}`)); // not twice
  await visitor.reload();
  await expect(visitor.getByText("Thank you. Five was the one.")).toBeVisible();

  // A coach can report, and decides nothing.
  await desk.goto("/coach/reviews");
  await desk.getByRole("link", { name: /^Report/ }).click();
  await desk.getByLabel("What is wrong with it?").fill("Three stars is unfair to me.");
  await desk.getByRole("button", { name: "Send report" }).click();
  await expect(desk.getByText("Thank you for telling us.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText(ofCoach)).toBeVisible();

  // So can a stranger, after signing in; then an admin removes it.
  const somebody = await createPerson();
  const other = await openAs(somebody);
  await other.goto(`/coaches/${coach.coach.slug}`);
  await other.getByRole("link", { name: /^Report the review/ }).click();
  await other.getByLabel("What is wrong with it?").fill("It names my seller in the last line.");
  await other.getByRole("button", { name: "Send report" }).click();
  await expect(other.getByText("Thank you for telling us.")).toBeVisible();
  await sql`
    select admin.decide_report(report_id, 'remove', 'It names somebody who is not part of this.')
    from admin.moderation_queue
    where words like ${`%${ofCoach}%`}
    limit 1
  `;
  const told = await waitForMail(somebody.email, "What you reported was removed");
  expect(told.text).toContain("It names somebody who is not part of this.");
  await waitForMail(client.email, "A review was removed");
  await visitor.reload();
  await expect(visitor.getByText(ofCoach)).toHaveCount(0);
  await expect(visitor.getByText("No reviews yet").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("We removed this review", { exact: false })).toBeVisible();
});

test("a reply is reported by who wrote the review, and removed without it", async ({
  coach,
  client,
  openAs,
  page: visitor,
}) => {
  const insult = "Some people can not be helped, and you are one of them.";
  const page = await openAs(client);
  const desk = await openAs(coach);
  const { bookingId } = await reviewed(page, coach);
  const review = /say the number without blinking/;
  await desk.goto(`/bookings/${bookingId}/reply`);
  await desk.getByLabel("What would you like to answer?").fill(insult);
  await desk.getByRole("button", { name: "Publish reply" }).click();
  await expect(desk.getByText("Your reply is published.")).toBeVisible();
  await expect(desk.getByRole("link", { name: /^Report the reply/ })).toHaveCount(0); // not their own

  // Where they read it, who wrote the review reports the reply.
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("link", { name: /^Report the reply/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report this reply");
  await expect(page.getByText(insult)).toBeVisible();
  await page.getByLabel("What is wrong with it?").fill("That is an insult, and not an answer.");
  await page.getByRole("button", { name: "Send report" }).click();
  await expect(page.getByText("Thank you for telling us.")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/bookings/${bookingId}`));
  await page.getByRole("link", { name: /^Report the reply/ }).click();
  await expect(page.getByText("You have reported this reply.")).toBeVisible();
  await page.getByRole("link", { name: "The session" }).click();
  await expect(page.getByText(insult)).toBeVisible();

  // So does whoever reads it on the coach's page, but the coach.
  await desk.goto(`/coaches/${coach.coach.slug}`);
  await expect(desk.getByText(insult)).toBeVisible();
  await expect(desk.getByRole("link", { name: /^Report the review/ })).not.toHaveCount(0);
  await expect(desk.getByRole("link", { name: /^Report the reply/ })).toHaveCount(0);
  const somebody = await createPerson();
  const other = await openAs(somebody);
  await other.goto(`/coaches/${coach.coach.slug}`);
  await other.getByRole("link", { name: /^Report the reply/ }).click();
  await other.getByLabel("What is wrong with it?").fill("Nobody should be told that.");
  await other.getByRole("button", { name: "Send report" }).click();
  await expect(other).toHaveURL(`/coaches/${coach.coach.slug}`);

  await sql`
    select admin.decide_report(report_id, 'remove', 'It insults the client.')
    from admin.moderation_queue
    where subject = 'reply' and words like ${`%${insult}%`}
    limit 1
  `;
  for (const reporter of [client, somebody]) {
    const told = await waitForMail(reporter.email, "What you reported was removed");
    expect(told.text).toContain("It insults the client.");
  }
  await visitor.goto(`/coaches/${coach.coach.slug}`);
  await expect(visitor.getByText(review)).toBeVisible();
  await expect(visitor.getByText(insult)).toHaveCount(0);
  await expect(visitor.getByText(/We removed the reply by/)).toBeVisible();
  await expect(visitor.getByText("4.0").first()).toBeVisible();
  await page.goto(`/bookings/${bookingId}`);
  await expect(page.getByText(/We removed the reply by .* Why: It insults/)).toBeVisible();
  await desk.goto("/coach/reviews");
  await expect(desk.getByText(review)).toBeVisible();
  await expect(desk.getByText("We removed your reply. Why: It insults the client.")).toBeVisible();
  await expect(desk.getByRole("link", { name: "Reply" })).toHaveCount(0);
});

test("how reviews work is told with the numbers, and every score leads there", async ({ page }) => {
  await page.goto("/coaches");
  await page
    .getByRole("link", { name: /how reviews work$/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How reviews work");
  await expect(page.getByText(/begins with 5 imaginary reviews of \d\.\d\d stars/)).toBeVisible();
});
