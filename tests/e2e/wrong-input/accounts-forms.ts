import { newAccount } from "../support/people.ts";
import { signUp } from "../support/steps.ts";
import { type WrongForm } from "./wrong-form.ts";

export const ACCOUNT_FORMS: WrongForm[] = [
  {
    route: "sign-up.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-up"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey at porch");
      await page.getByLabel("Password").fill("four quiet porches 61");
    },
    button: "Create account",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey at porch", Password: "" },
  },
  {
    route: "sign-up.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-up"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey.porch@market.example");
      await page.getByLabel("Password").fill("short");
    },
    button: "Create account",
    status: 422,
    field: (page) => page.getByLabel("Password"),
    says: /8/,
    keeps: { "E-mail": "casey.porch@market.example", Password: "" },
  },
  {
    route: "sign-up_.verify.tsx",
    as: "a visitor",
    open: async ({ page }) => {
      const { email, password } = newAccount();
      await page.goto("/sign-up");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Create account" }).click();
      await page.waitForURL(/verify/);
    },
    fill: (page) => page.getByLabel("Code").fill("12 34"),
    button: "Confirm and continue",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
  },
  {
    route: "sign-in.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-in"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey@");
      await page.getByLabel("Password").fill("four quiet porches 61");
    },
    button: "Sign in",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey@", Password: "" },
  },
  {
    route: "sign-in_.verify.tsx",
    as: "a visitor",
    open: async ({ page }) => {
      const account = newAccount();
      await signUp(page, account);
      // The same person on a device that was never used.
      await page.context().clearCookies();
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill(account.email);
      await page.getByLabel("Password").fill(account.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/verify/);
    },
    fill: (page) => page.getByLabel("Code").fill("abcdef"),
    button: "Sign in",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
  },
  {
    route: "forgot-password.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/forgot-password"),
    fill: (page) => page.getByLabel("E-mail").fill("casey"),
    button: "Send the code",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey" },
  },
  {
    route: "reset-password.tsx",
    as: "a visitor",
    open: async ({ page, client }) => {
      await page.goto("/forgot-password");
      await page.getByLabel("E-mail").fill(client.email);
      await page.getByRole("button", { name: "Send the code" }).click();
      await page.waitForURL(/reset-password/);
    },
    fill: async (page) => {
      await page.getByLabel("Code").fill("1");
      await page.getByLabel("New password").fill("five loud garages 72");
    },
    button: "Save and sign in",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
    keeps: { "New password": "" },
  },
  {
    route: "welcome.tsx",
    as: "a visitor",
    open: ({ page }) => signUp(page, newAccount()),
    fill: async (page) => {
      await page.getByRole("radio", { name: "Real estate agent" }).check();
      await page.getByLabel("Last name").fill("Doorway");
    },
    button: "Save and continue",
    status: 400,
    field: (page) => page.getByLabel("First name"),
    says: /Enter your first name/,
    keeps: { "Last name": "Doorway" },
  },
  {
    route: "settings.tsx",
    as: "a client",
    open: ({ page }) => page.goto("/settings"),
    fill: async (page) => {
      await page.getByLabel("First name").fill("");
      await page.getByLabel(/Brokerage/).fill("Open Door Homes");
    },
    button: "Save changes",
    status: 400,
    field: (page) => page.getByLabel("First name"),
    says: /Enter your first name/,
    keeps: { "First name": "", Brokerage: "Open Door Homes" },
  },
  {
    route: "settings_.notifications.tsx",
    as: "a client",
    open: ({ page }) => page.goto("/settings/notifications"),
    fill: async (page) => {
      await page.getByLabel("By mail: Reviews").selectOption("weekly");
      await page.getByLabel("Quiet from").fill("22:00");
    },
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("Quiet until"),
    says: /from when and until when it is quiet/,
    keeps: { "By mail: Reviews": "weekly", "Quiet from": "22:00" },
  },
];
