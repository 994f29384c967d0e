/**
 * npm run screenshots: pictures of every page, on a phone and a desk, light and dark, into
 * docs/screenshots. It needs a stack with the site: the npm script brings one.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { chromium, type Browser, type Page } from "@playwright/test";

import { DEMO_EMAILS, DEMO_PASSWORD } from "../prisma/demo-sign-ins.ts";
import { ROOT } from "../supabase/local/paths.ts";
import { sql } from "../tests/e2e/support/database.ts";
import { missWithoutPaying } from "../tests/e2e/support/no-show-fees.ts";
import {
  DESK_PAGES,
  freeBefore,
  setTheme,
  THEMES,
  WIDTHS,
  type NamedPage,
} from "../tests/e2e/support/pages.ts";
import { chooseTime, hold } from "../tests/e2e/support/steps.ts";
import { stackValue } from "../tests/e2e/support/stack.ts";

const TARGET = join(ROOT, "docs/screenshots");
/** Pictures end here, however long the page is: what a look takes in. Pixels, by width. */
const HIGHEST = { 390: 1_600, 1280: 1_150 } as const;
/** Pages that are as high as the screen, whatever they hold. */
const SCREENS: ReadonlySet<string> = new Set(["conversation"]);

await mkdir(TARGET, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const { slug, offerId } = await bestCoach();
  await shoot(browser, null, [
    { name: "home", path: "/" },
    { name: "coaches", path: "/coaches" },
    { name: "free-before", path: freeBefore() },
    { name: "coach", path: `/coaches/${slug}` },
    { name: "times", path: `/coaches/${slug}/book/${offerId}` },
    { name: "how-it-works", path: "/how-it-works" },
    { name: "how-reviews-work", path: "/how-reviews-work" },
    { name: "become-a-coach", path: "/become-a-coach" },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "not-found", path: "/nowhere" },
  ]);
  const pages = await pagesOf(DEMO_EMAILS.dana, slug);
  await shoot(browser, DEMO_EMAILS.dana, pages, { slug, offerId });
  await shoot(browser, DEMO_EMAILS.marcus, await planPages(DEMO_EMAILS.marcus));
  await shoot(browser, DEMO_EMAILS.maria, DESK_PAGES);
  // Last: it leaves behind a session that nobody came to.
  await shoot(browser, DEMO_EMAILS.dana, await feePages(DEMO_EMAILS.dana));
} finally {
  await browser.close();
  await sql.end();
}

/** Takes pictures of pages as somebody sees them, or as a visitor does. */
async function shoot(
  from: Browser,
  email: string | null,
  pages: NamedPage[],
  offer?: { slug: string; offerId: string },
) {
  const context = await from.newContext({
    baseURL: stackValue("APP_URL"),
    timezoneId: "America/New_York",
    locale: "en-US",
  });
  const page = await context.newPage();
  if (email) await signIn(page, email);
  const all = offer
    ? [
        ...pages,
        { name: "series", path: await weeklyDates(page, offer) },
        { name: "checkout", path: await heldCheckout(page, offer) },
      ]
    : pages;

  for (const { name, path } of all) {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
      for (const theme of THEMES) {
        await setTheme(page, theme);
        await page.goto(path, { waitUntil: "networkidle" });
        const highest = SCREENS.has(name) ? 0 : HIGHEST[width];
        await takePicture(page, highest, `${name}-${width}-${theme}.png`);
      }
    }
  }
  await context.close();
}

async function takePicture(page: Page, highest: number, file: string) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const size = page.viewportSize() ?? { width: WIDTHS[1], height: 800 };
  await page.setViewportSize({
    width: size.width,
    height: Math.max(size.height, Math.min(highest, height)),
  });
  await page.screenshot({ path: join(TARGET, file), animations: "disabled" });
  await page.setViewportSize(size);
  console.log(file);
}

async function signIn(page: Page, email: string) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The coach of the demo market whom most have reviewed. */
async function bestCoach(): Promise<{ slug: string; offerId: string }> {
  const [coach] = await sql<{ slug: string; offerId: string }[]>`
    select coaches.slug, offers.id as "offerId"
    from public.coaches
    join public.coach_listings on coach_listings.coach_id = coaches.id
    join public.offers on offers.coach_id = coaches.id and offers.archived_at is null and offers.kind = 'session'
    order by coach_listings.review_count desc, coaches.slug, offers.price_cents desc
    limit 1
  `;
  if (!coach) throw new Error("The demo market is empty.");
  return coach;
}

/** Chooses a time, to show the weeks in which it can be had. */
async function weeklyDates(page: Page, offer: { slug: string; offerId: string }) {
  await page.goto(`/coaches/${offer.slug}/book/${offer.offerId}`);
  const startsAt = await chooseTime(page);
  return `/coaches/${offer.slug}/series/${offer.offerId}?slot=${encodeURIComponent(startsAt)}`;
}

/** Holds a time, to show how it is paid for. */
async function heldCheckout(page: Page, offer: { slug: string; offerId: string }) {
  await page.goto(`/coaches/${offer.slug}/book/${offer.offerId}`);
  await chooseTime(page);
  return `/bookings/${await hold(page)}/checkout`;
}

/** The pages of a package that a client of the demo market pays in parts, and of its offer. */
async function planPages(email: string): Promise<NamedPage[]> {
  const [plan] = await sql<{ orderId: string; slug: string; offerId: string }[]>`
    select orders.id as "orderId", coaches.slug, offers.id as "offerId"
    from public.profile_contacts as contact
    join public.orders on orders.client_id = contact.profile_id and orders.plan_position = 1
    join public.offers on offers.id = orders.offer_id
    join public.coaches on coaches.id = offers.coach_id
    where contact.email = ${email}
    limit 1
  `;
  if (!plan) throw new Error("Nobody pays in parts in the demo market.");
  return [
    { name: "package-in-parts", path: `/packages/${plan.orderId}` },
    {
      name: "package-in-parts-offer",
      path: `/coaches/${plan.slug}/packages/${plan.offerId}`,
    },
  ];
}

/** Where a client of the demo market pays for a session of their membership that they missed. */
async function feePages(email: string): Promise<NamedPage[]> {
  const [membership] = await sql<{ id: string }[]>`
    select memberships.id
    from public.profile_contacts as contact
    join public.memberships on memberships.client_id = contact.profile_id
    where contact.email = ${email} and memberships.status = 'active'
    limit 1
  `;
  if (!membership) throw new Error("The demo market has no member.");
  const bookingId = await missWithoutPaying(membership.id);
  return [{ name: "missed-fee", path: `/bookings/${bookingId}/fee` }];
}

/** The pages of a client of the demo market. */
async function pagesOf(email: string, slug: string): Promise<NamedPage[]> {
  const [found] = await sql<
    Record<
      | "coming"
      | "done"
      | "reviewed"
      | "of_coach"
      | "thread"
      | "own_message"
      | "package"
      | "membership"
      | "package_offer"
      | "membership_offer"
      | "unsubscribe",
      string | null
    >[]
  >`
    select
      (select id from public.bookings where client_id = contact.profile_id and status = 'confirmed' and starts_at > now() order by starts_at limit 1) as coming,
      (select id from public.bookings where client_id = contact.profile_id and status = 'completed' order by starts_at desc limit 1) as done,
      (
        select booking_id from public.reviews
        where client_id = contact.profile_id and author_party = 'client' and published_at is not null
        order by published_at desc limit 1
      ) as reviewed,
      (
        select reviews.id from public.reviews join public.coaches on coaches.id = reviews.coach_id
        where coaches.slug = ${slug} and reviews.author_party = 'client' and reviews.published_at is not null
        order by reviews.published_at desc limit 1
      ) as of_coach,
      (select id from public.conversations where client_id = contact.profile_id order by last_message_at desc nulls last limit 1) as thread,
      (
        select messages.id
        from (select id from public.conversations where client_id = contact.profile_id order by last_message_at desc nulls last limit 1) as newest
        join public.messages on messages.conversation_id = newest.id and messages.sender_id = contact.profile_id
        order by messages.seq desc
        limit 1
      ) as own_message,
      (select id from public.orders where client_id = contact.profile_id and credits_end_at > now() and membership_id is null limit 1) as package,
      (select id from public.memberships where client_id = contact.profile_id and status = 'active' limit 1) as membership,
      (
        select '/coaches/' || coaches.slug || '/packages/' || offers.id
        from public.offers join public.coaches on coaches.id = offers.coach_id
        where offers.kind = 'package' and offers.archived_at is null
        order by offers.price_cents desc limit 1
      ) as package_offer,
      (
        select '/coaches/' || coaches.slug || '/memberships/' || offers.id
        from public.offers join public.coaches on coaches.id = offers.coach_id
        where offers.kind = 'membership' and offers.archived_at is null
        order by offers.price_cents desc limit 1
      ) as membership_offer,
      '/unsubscribe/' || private.unsubscribe_token(contact.profile_id, 'sessions') as unsubscribe
    from public.profile_contacts as contact
    where contact.email = ${email}
  `;
  return [
    { name: "sessions", path: "/sessions" },
    { name: "sessions-past", path: "/sessions?show=past" },
    { name: "session", path: `/bookings/${found?.coming}` },
    { name: "cancel", path: `/bookings/${found?.coming}/cancel` },
    { name: "move", path: `/bookings/${found?.coming}/move` },
    { name: "sooner", path: `/bookings/${found?.coming}/sooner` },
    { name: "session-done", path: `/bookings/${found?.done}` },
    { name: "review", path: `/bookings/${found?.done}/review` },
    { name: "session-reviewed", path: `/bookings/${found?.reviewed}` },
    { name: "report", path: `/reviews/${found?.of_coach}/report` },
    { name: "packages", path: "/packages" },
    { name: "package", path: `/packages/${found?.package}` },
    { name: "package-book", path: `/packages/${found?.package}/book` },
    { name: "package-offer", path: found?.package_offer ?? "/packages" },
    { name: "membership-offer", path: found?.membership_offer ?? "/packages" },
    { name: "membership", path: `/memberships/${found?.membership}` },
    { name: "membership-plan", path: `/memberships/${found?.membership}/plan` },
    { name: "billing", path: "/settings/billing" },
    { name: "messages", path: "/messages" },
    { name: "messages-search", path: "/messages/search?q=listing" },
    { name: "conversation", path: `/messages/${found?.thread}` },
    { name: "conversation-report", path: `/messages/${found?.thread}/report` },
    { name: "message-change", path: `/messages/${found?.thread}/change/${found?.own_message}` },
    { name: "write-to-coach", path: `/coaches/${slug}/message` },
    { name: "settings", path: "/settings" },
    { name: "settings-calendar", path: "/settings/calendar" },
    { name: "settings-notifications", path: "/settings/notifications" },
    { name: "settings-mails", path: "/settings/mails" },
    { name: "unsubscribe", path: found?.unsubscribe ?? "/settings/notifications" },
    { name: "notifications", path: "/notifications" },
  ];
}
