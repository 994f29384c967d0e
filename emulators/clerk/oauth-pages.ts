import { Hono } from "hono";
import { z } from "zod";

import { html, page } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf } from "./http.ts";
import type { Instance } from "./instance.ts";
import { completeGoogle, findGoogleAttempt, refuseGoogle } from "./oauth-attempts.ts";

const FormSchema = z.object({
  attempt: z.string(),
  decision: z.enum(["allow", "deny"]),
  email: z.string().default(""),
  first_name: z.string().default(""),
  last_name: z.string().default(""),
});

/** Google's consent page. Mounted at /oauth. */
export function googleRoutes(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  app.get("/google", (context) => {
    const id = context.req.query("attempt") ?? "";
    findGoogleAttempt(instance, id);
    return context.html(consentPage(id));
  });

  app.post("/google", async (context) => {
    const form = FormSchema.parse(await context.req.parseBody());
    const attempt = findGoogleAttempt(instance, form.attempt);
    if (form.decision === "deny") {
      refuseGoogle(instance, attempt);
    } else {
      if (!form.email) throw refusals.missing("email");
      completeGoogle(
        instance,
        attempt,
        { email: form.email, firstName: form.first_name, lastName: form.last_name },
        callerOf(context),
      );
    }
    return context.redirect(attempt.verification.returnUrl ?? instance.identity.appOrigin, 303);
  });

  return app;
}

function consentPage(attemptId: string) {
  return page({
    title: "Sign in with Google",
    emulator: "Google",
    body: html`<form class="card" method="post" action="/oauth/google">
      <input type="hidden" name="attempt" value="${attemptId}" />
      <label>E-mail <input type="email" name="email" autocomplete="off" required /></label>
      <label>First name <input name="first_name" value="Gina" /></label>
      <label>Last name <input name="last_name" value="Google" /></label>
      <button name="decision" value="allow">Continue</button>
      <button class="plain" name="decision" value="deny" formnovalidate>Cancel</button>
    </form>`,
  });
}
