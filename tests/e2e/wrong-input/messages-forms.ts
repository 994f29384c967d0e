import { saveAnswer } from "../support/steps.ts";
import { LONG, type WrongForm } from "./wrong-form.ts";

export const MESSAGE_FORMS: WrongForm[] = [
  {
    route: "coaches.$slug.message.tsx",
    as: "a client",
    open: ({ page, coach }) => page.goto(`/coaches/${coach.coach.slug}/message`),
    fill: (page) => page.getByLabel("Your message").fill(LONG.repeat(2).trim()),
    button: "Send message",
    status: 422,
    field: (page) => page.getByLabel("Your message"),
    says: /4,000 characters/,
    keeps: { "Your message": LONG.repeat(2).trim() },
  },
  {
    route: "messages.$conversationId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/message`);
      await page.getByLabel("Your message").fill("Good morning.");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
    },
    fill: (page) => page.getByLabel(/^Message to/).fill(LONG.repeat(2).trim()),
    button: "Send",
    status: 422,
    says: /4,000 characters/,
    keeps: { "Message to": LONG.repeat(2).trim() },
  },
  {
    route: "messages.$conversationId_.report.tsx",
    as: "a coach",
    open: async ({ page, coach, client, openAs }) => {
      const theirs = await openAs(client);
      await theirs.goto(`/coaches/${coach.coach.slug}/message`);
      await theirs.getByLabel("Your message").fill("Good morning.");
      await theirs.getByRole("button", { name: "Send message" }).click();
      await theirs.waitForURL(/\/messages\/[0-9a-f-]{36}/);
      await page.goto(`${new URL(theirs.url()).pathname}/report`);
    },
    fill: (page) => page.getByLabel("What is wrong with it?").fill("Bad."),
    button: "Send report",
    status: 422,
    field: (page) => page.getByLabel("What is wrong with it?"),
    says: /10 to 1,000 characters/,
    keeps: { "What is wrong with it?": "Bad." },
  },
  {
    route: "messages.$conversationId_.change.$messageId._index.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/message`);
      await page.getByLabel("Your message").fill("Good morning.");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.getByRole("link", { name: "Change or delete this message" }).click();
    },
    fill: (page) => page.getByLabel("What it says").fill(LONG.repeat(2).trim()),
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("What it says"),
    says: /4,000 characters/,
    keeps: { "What it says": LONG.repeat(2).trim() },
  },
  {
    route: "coach.answers._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/answers"),
    fill: async (page) => {
      await page
        .getByLabel("Title")
        .fill("What to bring to the first hour, and what to leave at home for it");
      await page.getByLabel("Answer", { exact: true }).fill("Bring the letter.");
    },
    button: "Save answer",
    status: 422,
    field: (page) => page.getByLabel("Title"),
    says: /up to 60 characters/,
    keeps: { Title: "What to bring to the first hour, and what to leave at home for it" },
  },
  {
    route: "coach.answers.$answerId._index.tsx",
    as: "a coach",
    open: async ({ page }) => {
      await saveAnswer(page, "What to bring", "Bring the letter.");
      await page.getByRole("link", { name: "Change What to bring" }).click();
    },
    fill: (page) => page.getByLabel("Answer", { exact: true }).fill(LONG.repeat(2).trim()),
    button: "Save answer",
    status: 422,
    field: (page) => page.getByLabel("Answer", { exact: true }),
    says: /4,000 characters/,
    keeps: { Title: "What to bring" },
  },
];
