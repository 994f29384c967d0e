import type { Page } from "@playwright/test";

import { lastCode } from "./support/clerk.ts";
import { newAccount } from "./support/people.ts";
import { introduce, signIn, signOut, signUp } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const WRONG_CODE = "000000";

test("somebody signs up, gives wrong codes, and gets in with a new one", async ({ page }) => {
  const account = newAccount();
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Confirm your e-mail" })).toBeVisible();
  const first = await lastCode(account.email);

  const code = page.getByLabel("Code");
  for (const words of [/not the code/, /not the code/, /one wrong code too many|not the code/]) {
    await code.fill(WRONG_CODE);
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await expect(code).toHaveAccessibleDescription(words);
    await expect(code).toHaveValue("");
  }
  // Three wrong ones have used it up, though it is the right one.
  await code.fill(first);
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await expect(code).toHaveAccessibleDescription(/Ask for a new one/);

  await page.getByRole("button", { name: "Send me a new code" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "We sent you a new code." }),
  ).toBeVisible();
  await page.getByLabel("Code").fill(await lastCode(account.email));
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await expect(page).toHaveURL(/\/welcome/);
});

test("too many codes are refused for a while, whatever they are", async ({ page, hasScripts }) => {
  test.skip(hasScripts, "these pages load no script: once is enough for so many tries");
  const account = newAccount();
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(async () => {
    await page.getByLabel("Code").fill(WRONG_CODE);
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await expect(page.getByRole("alert")).toHaveText(/Too many tries. Please wait/, {
      timeout: 500,
    });
  }).toPass();
  await page.getByLabel("Code").fill(await lastCode(account.email));
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await expect(page.getByRole("alert")).toHaveText(/Too many tries/);
});

test("a wrong password says no more than that, and keeps the address", async ({ client, page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(client.email);
  await page.getByLabel("Password").fill("not the password 12");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText(/don’t match/);
  await expect(page.getByLabel("E-mail")).toHaveValue(client.email);
  await expect(page.getByLabel("Password")).toHaveValue("");

  await page.getByLabel("E-mail").fill("nobody.here@market.example");
  await page.getByLabel("Password").fill("not the password 12");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText(/don’t match/);
});

test("somebody signs in, signs out, and is a visitor again", async ({ client, page }) => {
  await signIn(page, client);
  await expect(page).toHaveURL("/sessions");
  await signOut(page);
  await expect(page.getByRole("status").filter({ hasText: "You are signed out." })).toBeVisible();
  await page.goto("/sessions");
  await expect(page).toHaveURL(/\/sign-in\?redirect_to=%2Fsessions/);
});

test("a forgotten password is replaced with a mailed code", async ({ client, page }) => {
  const password = "five loud garages 72";
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill(client.email);
  await page.getByRole("button", { name: "Send the code" }).click();

  await expect(page.getByRole("heading", { name: "New password" })).toBeVisible();
  await page.getByLabel("Code").fill(await lastCode(client.email));
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL("/sessions");

  await signOut(page);
  await signIn(page, { ...client, password });
  await expect(page).toHaveURL("/sessions");
});

test("a device that was never used asks for a code", async ({ page, openBrowser }) => {
  const account = newAccount();
  await signUp(page, account);

  const elsewhere = await openBrowser();
  await elsewhere.goto("/sign-in?redirect_to=%2Fmessages");
  await elsewhere.getByLabel("E-mail").fill(account.email);
  await elsewhere.getByLabel("Password").fill(account.password);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Confirm it is you" })).toBeVisible();
  await elsewhere.getByLabel("Code").fill(await lastCode(account.email));
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  // Nobody has said yet who they are; from there it goes on to where they wanted.
  await expect(elsewhere).toHaveURL(/\/welcome\?redirect_to=%2Fmessages/);
});

test("somebody signs up with Google, after a change of mind, and signs in with it again", async ({
  page,
}) => {
  const { email } = newAccount();
  await page.goto("/sign-up?redirect_to=%2Fmessages");
  await continueWithGoogle(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL("/sign-in?redirect_to=%2Fmessages");
  await expect(
    page.getByRole("status").filter({ hasText: "You didn’t continue with Google" }),
  ).toBeVisible();

  await page.getByRole("link", { name: "Create one" }).click();
  await continueWithGoogle(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/welcome?redirect_to=%2Fmessages");
  await introduce(page, {
    kind: "Loan officer",
    firstName: "Gina",
    lastName: "Gable",
    state: "OH",
    company: "Gable Lending",
    number: "123456",
    timeZone: "America/Denver",
  });
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page).toHaveURL("/messages");

  await signOut(page);
  await page.goto("/messages");
  await continueWithGoogle(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/messages");

  // The way back leads nowhere a second time, and to nobody else's account.
  await page.goto("/sign-in/google/callback");
  await expect(page).toHaveURL("/sessions");
  await signOut(page);
  await page.goto("/sign-in/google/callback");
  await expect(page.getByRole("status").filter({ hasText: "Please start again." })).toBeVisible();
});

/** Goes to Google's page. */
async function continueWithGoogle(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("heading", { name: "Sign in with Google" })).toBeVisible();
}
