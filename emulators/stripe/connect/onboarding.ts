import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import { html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Emulator } from "../emulator.ts";
import { messagePage } from "../pages/layout.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { links, type AccountLink } from "../resources/account-links.ts";
import { accountFiles, missingOf, updateAccount } from "./account-state.ts";
import { newBankAccount } from "./bank-account.ts";
import { questionsFor, readAnswers, TEST_ANSWERS } from "./onboarding-answers.ts";
import { onboardingPage } from "./onboarding-page.ts";

/** Onboarding: a link opens once at `/setup/s/…` and leads to the questions at `/setup/…`. */
export function onboardingPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/setup/s/:account/:id", (context) => {
    const link = find(context);
    if (!link) return notFound(context);
    const isOver = link.isUsed || link.expiresAt <= emulator.clock.seconds();
    if (isOver) return context.redirect(link.refreshUrl, 303);
    links(emulator).update(link.id, { isUsed: true });
    return context.redirect(`/setup/${link.account}/${link.id}`, 303);
  });

  app.get("/setup/:account/:id", (context) => {
    const link = find(context);
    if (!link) return notFound(context);
    return show(context, link, (name) => TEST_ANSWERS[name] ?? "", {}, 200);
  });

  app.post("/setup/:account/:id", async (context) => {
    const text = await readTextForm(context);
    const link = find(context);
    if (!link) return notFound(context);

    const questions = questionsOf(link);
    const { met, errors } = readAnswers(questions, text);
    const isSubmitted = text("step") !== "leave";
    if (isSubmitted && Object.keys(errors).length > 0) {
      return show(context, link, text, errors, 400);
    }
    keepAnswers(emulator, link.account, { met, text, isSubmitted });
    return context.redirect(link.returnUrl, 303);
  });

  return app;

  function find(context: Context): AccountLink | null {
    const link = links(emulator).find(context.req.param("id") ?? "");
    const isRight = link?.leadsTo === "onboarding" && link.account === context.req.param("account");
    return isRight ? link : null;
  }

  function questionsOf({ account }: AccountLink) {
    return questionsFor(missingOf(accountFiles(emulator).get(account)));
  }

  function show(
    context: Context,
    link: AccountLink,
    valueOf: (name: string) => string,
    errors: Record<string, string>,
    status: 200 | 400,
  ) {
    const { businessName } = emulator;
    const questions = questionsOf(link);
    return context.html(onboardingPage({ businessName, questions, valueOf, errors }), status);
  }
}

type Answers = { met: string[]; text: (name: string) => string; isSubmitted: boolean };

function keepAnswers(emulator: Emulator, id: string, { met, text, isSubmitted }: Answers): void {
  const account = emulator.records<Stripe.Account>("account").get(id);
  const file = accountFiles(emulator).get(id);
  const accepted = isSubmitted ? ["tos_acceptance.date", "tos_acceptance.ip"] : [];
  const changes: Partial<Stripe.Account> = {
    business_type: account.business_type ?? "individual",
    details_submitted: account.details_submitted || isSubmitted,
  };
  if (isSubmitted) {
    changes.tos_acceptance = { date: emulator.clock.seconds(), ip: "127.0.0.1", user_agent: null };
  }

  const known = account.external_accounts;
  if (known && met.includes("external_account")) {
    const bank = newBankAccount(id, {
      routingNumber: text("routingNumber").trim(),
      accountNumber: text("accountNumber").trim(),
      holder: [text("firstName"), text("lastName")].join(" ").trim() || null,
    });
    changes.external_accounts = { ...known, data: [bank] };
    emulator.actingFor(id).emit("account.external_account.created", bank);
  }
  updateAccount(
    emulator,
    id,
    {
      answered: [...new Set([...file.answered, ...met, ...accepted])],
      isBeingVerified: isSubmitted ? text("verification") === "pending" : file.isBeingVerified,
    },
    changes,
  );
}

function notFound(context: Context) {
  return context.html(
    messagePage("Page not found", html`<p>There is nothing to set up at this address.</p>`),
    404,
  );
}
