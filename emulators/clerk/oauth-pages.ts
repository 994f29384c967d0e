import { Hono } from "hono";
import { z } from "zod";

import { html, page } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { refusals } from "./errors.ts";
import { answerError } from "./http.ts";
import type { Instance } from "./instance.ts";
import { googleAnswerUrl } from "./oauth.ts";

const FormSchema = z.object({
  state: z.string(),
  decision: z.enum(["allow", "deny"]),
  email: z.string().default(""),
  first_name: z.string().default(""),
  last_name: z.string().default(""),
});

/** Google's consent page. Mounted at /oauth. Like Google it knows no attempts, only Clerk's `state`. */
export function googleRoutes(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  app.get("/google", (context) => context.html(consentPage(context.req.query("state") ?? "")));

  app.post("/google", async (context) => {
    const form = FormSchema.parse(await context.req.parseBody());
    if (form.decision === "deny") {
      return context.redirect(googleAnswerUrl(instance, form.state, null), 303);
    }
    if (!form.email) throw refusals.missing("email");
    const profile = {
      email: form.email,
      firstName: form.first_name,
      lastName: form.last_name,
    };
    return context.redirect(googleAnswerUrl(instance, form.state, profile), 303);
  });

  return app;
}

function consentPage(state: string) {
  return page({
    title: "Sign in with Google",
    emulator: "Google",
    body: html`<form class="card" method="post" action="/oauth/google">
      <input type="hidden" name="state" value="${state}" />
      <label>E-mail <input type="email" name="email" autocomplete="off" required /></label>
      <label>First name <input name="first_name" value="Gina" /></label>
      <label>Last name <input name="last_name" value="Google" /></label>
      <button name="decision" value="allow">Continue</button>
      <button class="plain" name="decision" value="deny" formnovalidate>Cancel</button>
    </form>`,
  });
}
