import { html, type Html } from "../../shared/page.ts";
import { field } from "../pages/field.ts";
import { hostedPage } from "../pages/layout.ts";
import { FAILING_BANK } from "../resources/payout-failures.ts";
import type { Question } from "./onboarding-answers.ts";

type OnboardingPage = {
  businessName: string;
  questions: Question[];
  valueOf: (name: string) => string;
  errors: Record<string, string>;
};

/** The page that asks the holder of a connected account for what Stripe must know. */
export function onboardingPage({ businessName, questions, valueOf, errors }: OnboardingPage): Html {
  const hasErrors = Object.keys(errors).length > 0;
  const main = html`<main class="message">
    <p class="business">${businessName} partners with Stripe for secure payouts</p>
    <h1>Tell us who gets paid</h1>
    <form method="post" novalidate>
      ${questions.map((question) =>
        field({ ...question, value: valueOf(question.name), error: errors[question.name] }),
      )}
      <div>
        <label for="verification">What Stripe makes of the answers</label>
        <select id="verification" name="verification">
          <option value="at_once">Verifies them at once</option>
          <option value="pending">Takes its time to verify them</option>
        </select>
      </div>
      <button name="step" value="submit">Agree and submit</button>
      <button class="plain" name="step" value="leave" formnovalidate>Save and finish later</button>
    </form>
    <details>
      <summary>Test bank accounts</summary>
      <dl>
        <dt><code>000123456789</code></dt>
        <dd>takes payouts</dd>
        <dt><code>${FAILING_BANK}</code></dt>
        <dd>sends payouts back</dd>
      </dl>
    </details>
  </main>`;
  return hostedPage(`${hasErrors ? "Error: " : ""}Get paid by ${businessName}`, main);
}
