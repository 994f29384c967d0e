/*
 * A form of the site, filled in wrongly by a browser without scripts that knows no constraints:
 * the page comes back with a status, says beside the field what is wrong, and keeps what was typed.
 */
import type { Locator, Page } from "@playwright/test";

import type { Coach, Person } from "../support/people.ts";
import { expectRefusal, withoutConstraints } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

type Scene = {
  coach: Coach;
  client: Person;
  page: Page;
  openAs: (person: Person) => Promise<Page>;
};

export type WrongForm = {
  /** The route that answers the form, by its file in app/routes. */
  route: string;
  as: "a visitor" | "a client" | "a coach";
  open: (scene: Scene) => Promise<unknown>;
  /** Types something that cannot be right. */
  fill?: (page: Page) => Promise<unknown>;
  button: string;
  status: 400 | 404 | 409 | 422;
  /** The control beside which the reason stands; left out where it concerns the whole form. */
  field?: (page: Page) => Locator;
  says: RegExp;
  /** Controls by label, and what must still stand in them. */
  keeps?: Record<string, string>;
};

/** YYYY-MM-DD, some days from today. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** More than any text may have. */
export const LONG = "It was a good hour, and I would do it again. ".repeat(60);

/** Makes a test of each. */
export function tryWrongly(forms: WrongForm[]): void {
  for (const form of forms) {
    test(`${form.route} refuses what ${form.as} typed wrongly: ${form.says.source}`, async ({
      coach,
      client,
      openAs,
      page: visitor,
    }) => {
      const person = { "a client": client, "a coach": coach, "a visitor": null }[form.as];
      const page = person ? await openAs(person) : visitor;
      await form.open({ coach, client, page, openAs });
      await withoutConstraints(page);
      await form.fill?.(page);

      const send = page.getByRole("button", { name: form.button, exact: true });
      if (form.field) {
        await expectRefusal(page, () => send.click(), form.status, form.field(page), form.says);
      } else {
        const answered = page.waitForResponse((response) => response.request().method() === "POST");
        await send.click();
        expect((await answered).status()).toBe(form.status);
        await expect(page.getByRole("alert").first()).toHaveText(form.says);
      }
      for (const [label, value] of Object.entries(form.keeps ?? {})) {
        await expect(page.getByLabel(label).first(), label).toHaveValue(value);
      }
    });
  }
}
