import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { buildClient, keepClient } from "./clients.ts";
import { clientOf, setClientCookies } from "./cookies.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf, readForm, type ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { Client, SignUp } from "./model.ts";
import { clientJson, signUpJson } from "./present-client.ts";
import type { RateLimits } from "./rate-limits.ts";
import {
  attemptSignUpVerification,
  createSignUp,
  getSignUp,
  prepareSignUpVerification,
  updateSignUp,
} from "./sign-ups.ts";

const FIELDS = [
  "strategy",
  "redirect_url",
  "action_complete_redirect_url",
  "transfer",
  "email_address",
  "password",
  "first_name",
  "last_name",
  "legal_accepted",
  "unsafe_metadata",
  "locale",
] as const;

/** /v1/client/sign_ups */
export function signUpRoutes(instance: Instance, limits: RateLimits) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  app.post("/", async (context) => {
    const caller = callerOf(context);
    if (instance.settings.rateLimits) limits.take("create sign-up", caller.ip);
    const client = clientOf(instance, context) ?? buildClient(instance);
    const fields = await readForm(context, FIELDS);
    const signUp = await createSignUp(instance, client, fields, caller);
    keepClient(instance, client);
    return answer(instance, context, client, signUp);
  });

  app.get("/:id", (context) => {
    const { client, signUp } = find(instance, context);
    return answer(instance, context, client, signUp);
  });

  app.patch("/:id", async (context) => {
    const { client, signUp } = find(instance, context);
    const fields = await readForm(context, FIELDS);
    await updateSignUp(instance, client, signUp, fields, callerOf(context));
    return answer(instance, context, client, signUp);
  });

  app.post("/:id/prepare_verification", async (context) => {
    const { client, signUp } = find(instance, context);
    const { strategy } = await readForm(context, ["strategy"]);
    await prepareSignUpVerification(instance, signUp, strategy);
    return answer(instance, context, client, signUp);
  });

  app.post("/:id/attempt_verification", async (context) => {
    const caller = callerOf(context);
    if (instance.settings.rateLimits) limits.take("attempt sign-up", caller.ip);
    const { client, signUp } = find(instance, context);
    const given = await readForm(context, ["strategy", "code"]);
    attemptSignUpVerification(instance, client, signUp, given, caller);
    return answer(instance, context, client, signUp);
  });

  return app;
}

function find(instance: Instance, context: ClerkContext): { client: Client; signUp: SignUp } {
  const id = context.req.param("id") ?? "";
  const client = clientOf(instance, context);
  if (!client) throw refusals.signUpNotFound(id);
  return { client, signUp: getSignUp(instance, client, id) };
}

function answer(
  instance: Instance,
  context: ClerkContext,
  client: Client,
  signUp: SignUp,
): Response {
  setClientCookies(instance, context, client);
  return context.json({
    response: signUpJson(instance, signUp),
    client: clientJson(instance, client, callerOf(context)),
  });
}
