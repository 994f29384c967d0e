import { chromium, type Browser, type Page } from "@playwright/test";

import { letMinutePass, openThread } from "../tests/e2e/support/conversation.ts";
import { createCoach, createPerson, type Person } from "../tests/e2e/support/people.ts";
import { stackValue } from "../tests/e2e/support/stack.ts";
import { signIn } from "../tests/e2e/support/steps.ts";
import { summarize, type Times } from "./measure.ts";

const ROUNDS = 100;
const WARM_UP = 10;
/** Fewer than may be sent within a minute, by both together. */
const A_MINUTE = 20;

/**
 * How long a message takes from the click on Send in one browser until it is on the other's page. Client
 * and coach write in turns, each in a browser of their own, with the site and Supabase's own client.
 */
export async function measureMessages(): Promise<Times> {
  const [client, coach] = [await createPerson(), await createCoach()];
  const thread = await openThread(client, coach);
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const pages = [
      await open(browser, client, thread),
      await open(browser, coach, thread),
    ] as const;
    const times: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      if (round % A_MINUTE === 0) await letMinutePass(thread);
      const [from, to] = round % 2 === 0 ? pages : [pages[1], pages[0]];
      const took = await say(from, to, `Message number ${round}.`);
      if (round >= WARM_UP) times.push(took);
    }
    return summarize(times);
  } finally {
    await browser.close();
  }
}

async function open(browser: Browser, person: Person, thread: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: stackValue("APP_URL") });
  const page = await context.newPage();
  await signIn(page, person);
  await page.goto(`/messages/${thread}`);
  await page.getByText(/^Live/).waitFor();
  return page;
}

/** Both browsers go by the clock of this machine. */
async function say(from: Page, to: Page, words: string): Promise<number> {
  const appears = to.evaluate(
    (awaited) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector("[role=log]")?.textContent?.includes(awaited)) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    words,
  );
  await from.getByRole("textbox").fill(words);
  const sentAt = await from.getByRole("button", { name: "Send" }).evaluate((button) => {
    const now = Date.now();
    (button as HTMLButtonElement).click();
    return now;
  });
  return (await appears) - sentAt;
}
