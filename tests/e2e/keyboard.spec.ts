import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./support/test.ts";

test("a session is found, held and paid for without a mouse", async ({ coach, client, page }) => {
  await page.goto("/sign-in?redirect_to=%2Fcoaches");
  // The first stop on every page leads past the navigation.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await expectRing(page.getByRole("link", { name: "Skip to the content" }));

  await type(page, page.getByLabel("E-mail"), client.email);
  await type(page, page.getByLabel("Password"), client.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/coaches");

  await type(page, page.getByLabel("What do you want to work on?"), coach.coach.display_name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await press(page, page.getByRole("link", { name: coach.coach.display_name, exact: true }));
  await press(page, page.getByRole("link", { name: /^All free times/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a time");

  // One stop for all times; arrows move between them.
  const times = page.getByRole("radio");
  await tabTo(page, times.first());
  await expectRing(times.first().locator(".."));
  await page.keyboard.press("Space");
  for (let step = 1; step <= 3; step++) {
    await page.keyboard.press("ArrowDown");
    await expect(times.nth(step)).toBeFocused();
    await expect(times.nth(step)).toBeChecked();
  }
  await type(page, page.getByLabel(/^What should .* know/), "By keyboard.");
  await press(page, page.getByRole("button", { name: "Hold this time" }));
  await expect(page).toHaveURL(/\/checkout$/);
  await press(page, page.getByRole("button", { name: /^Pay \$/ }));

  await expect(page.getByRole("heading", { name: "Pay with card" })).toBeVisible();
  await type(page, page.getByLabel("Name on card"), "Robin Porch");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });

  await press(page, page.getByRole("link", { name: "Cancel this session" }));
  await type(page, page.getByLabel(/^A word to/), "Sorry.");
  await press(page, page.getByRole("button", { name: "Cancel the session" }), "Space");
  await expect(page.getByText("The session is cancelled.")).toBeVisible();
});

test("the menu of a phone opens, is walked through and closes", async ({
  coach,
  page,
  hasScripts,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/coaches/${coach.coach.slug}`);
  const menu = page.locator("header details").filter({ visible: true });
  await tabTo(page, menu.locator("summary"));
  await page.keyboard.press("Enter");
  const link = menu.getByRole("link", { name: "Sign in" });
  await expect(link).toBeVisible();
  if (hasScripts) {
    await expect(async () => {
      await page.keyboard.press("Escape"); // does nothing until scripts have arrived
      await expect(link).toBeHidden({ timeout: 200 });
    }).toPass();
    await expect(menu.locator("summary")).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await press(page, link);
  await expect(page).toHaveURL(/\/sign-in/);
});

/** Presses Tab until something has the focus, as somebody does who sees where it is. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeAttached();
  for (let stop = 0; stop < 80; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No amount of tabs leads to ${String(target)}.`);
}

async function press(page: Page, target: Locator, key: "Enter" | "Space" = "Enter") {
  await tabTo(page, target);
  await expectRing(target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string) {
  await tabTo(page, target);
  await expectRing(target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** The focus must be seen: as an outline or a ring, of the element or of the card around it. */
async function expectRing(target: Locator) {
  const isSeen = await target.evaluate((element) => {
    const looks = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    };
    const card = element.closest("article, label");
    return looks(element) || (card !== null && looks(card));
  });
  expect(isSeen, `the focus on ${String(target)} is seen`).toBe(true);
}
