import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { buildClient, keepClient } from "./clients.ts";
import { clientOf, setClientCookies } from "./cookies.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf, readForm, type ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { Client, SignIn } from "./model.ts";
import { clientJson, signInJson } from "./present-client.ts";
import type { RateLimits } from "./rate-limits.ts";
import {
  attemptFirstFactor,
  attemptSecondFactor,
  createSignIn,
  getSignIn,
  prepareFirstFactor,
  prepareSecondFactor,
  resetPassword,
} from "./sign-ins.ts";

const FIELDS = [
  "strategy",
  "identifier",
  "password",
  "redirect_url",
  "action_complete_redirect_url",
  "transfer",
  "locale",
] as const;
const PREPARE_FIELDS = ["strategy", "email_address_id"] as const;
const ATTEMPT_FIELDS = ["strategy", "password", "code"] as const;

/** /v1/client/sign_ins */
export function signInRoutes(instance: Instance, limits: RateLimits) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);

  app.post("/", async (context) => {
    const caller = callerOf(context);
    if (instance.settings.rateLimits) limits.take("create sign-in", caller.ip);
    const client = clientOf(instance, context) ?? buildClient(instance);
    const fields = await readForm(context, FIELDS);
    const signIn = await createSignIn(instance, client, fields, caller);
    keepClient(instance, client);
    return answer(instance, context, client, signIn);
  });

  app.get("/:id", (context) => {
    const { client, signIn } = find(instance, context);
    return answer(instance, context, client, signIn);
  });

  app.post("/:id/prepare_first_factor", async (context) => {
    const { client, signIn } = find(instance, context);
    const { strategy } = await readForm(context, PREPARE_FIELDS);
    await prepareFirstFactor(instance, signIn, strategy);
    return answer(instance, context, client, signIn);
  });

  app.post("/:id/attempt_first_factor", async (context) => {
    const caller = callerOf(context);
    if (instance.settings.rateLimits) limits.take("attempt sign-in", caller.ip);
    const { client, signIn } = find(instance, context);
    const given = await readForm(context, ATTEMPT_FIELDS);
    await attemptFirstFactor(instance, client, signIn, given, caller);
    return answer(instance, context, client, signIn);
  });

  app.post("/:id/prepare_second_factor", async (context) => {
    const { client, signIn } = find(instance, context);
    await prepareSecondFactor(instance, signIn, await readForm(context, PREPARE_FIELDS));
    return answer(instance, context, client, signIn);
  });

  app.post("/:id/attempt_second_factor", async (context) => {
    const caller = callerOf(context);
    if (instance.settings.rateLimits) limits.take("attempt sign-in", caller.ip);
    const { client, signIn } = find(instance, context);
    const given = await readForm(context, ATTEMPT_FIELDS);
    attemptSecondFactor(instance, client, signIn, given, caller);
    return answer(instance, context, client, signIn);
  });

  app.post("/:id/reset_password", async (context) => {
    const { client, signIn } = find(instance, context);
    const given = await readForm(context, ["password", "sign_out_of_other_sessions"]);
    await resetPassword(instance, client, signIn, given, callerOf(context));
    return answer(instance, context, client, signIn);
  });

  return app;
}

function find(instance: Instance, context: ClerkContext): { client: Client; signIn: SignIn } {
  const id = context.req.param("id") ?? "";
  const client = clientOf(instance, context);
  if (!client) throw refusals.signInNotFound(id);
  return { client, signIn: getSignIn(instance, client, id) };
}

function answer(
  instance: Instance,
  context: ClerkContext,
  client: Client,
  signIn: SignIn,
): Response {
  setClientCookies(instance, context, client);
  return context.json({
    response: signInJson(instance, signIn),
    client: clientJson(instance, client, callerOf(context)),
  });
}
