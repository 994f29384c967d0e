import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import type { Faults } from "../../shared/faults.ts";
import type { RequestLog } from "../../shared/request-log.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Store } from "../../shared/store.ts";
import type { Emulator, Resource } from "../emulator.ts";
import type { State } from "../state.ts";
import { authenticate } from "./authenticate.ts";
import { failureJson, invalidRequest, notEmulated, StripeFailure } from "./failure.ts";
import { createRouter } from "./find-route.ts";
import { createIdempotency } from "./idempotency.ts";
import { newId } from "./new-id.ts";
import { performCall } from "./perform-call.ts";
import { requestScope } from "./request-scope.ts";

type ApiParts = {
  emulator: Emulator;
  store: Store<State>;
  resources: Resource[];
  faults: Faults;
  log: RequestLog;
  secretKey: string;
};

type ApiEnv = EmulatorEnv & {
  Variables: { requestId: string; account: string | null; keyed: KeyedCall | null };
};
type KeyedCall = { key: string; account: string | null; endpoint: string; body: string };

/**
 * The API under `/v1`. A call passes these stations: credentials, idempotency key, faults that a
 * test switched on, the contract, the resource's handler, the contract again.
 */
export function apiApp({ emulator, store, resources, faults, log, secretKey }: ApiParts) {
  const app = new Hono<ApiEnv>();
  const idempotency = createIdempotency(store, emulator.clock.seconds);
  const findRoute = createRouter(resources);

  app.onError((error, context) => answerFailure(error, context));
  app.use(identify, admit, takeIdempotencyKey, faults.middleware as MiddlewareHandler);
  app.all("*", handle);
  return app;

  async function identify(context: Context<ApiEnv>, next: () => Promise<void>) {
    context.set("requestId", newId("req_", 14));
    await next();
    context.header("request-id", context.get("requestId"));
    context.header("stripe-version", emulator.contract.apiVersion);
  }

  async function admit(context: Context<ApiEnv>, next: () => Promise<void>) {
    const account = authenticate((name) => context.req.header(name), {
      secretKey,
      apiVersion: emulator.contract.apiVersion,
      isConnected: (id) => emulator.records("account").find(id) !== undefined,
    });
    context.set("account", account);
    await next();
  }

  async function takeIdempotencyKey(context: Context<ApiEnv>, next: () => Promise<void>) {
    const key = context.req.method === "POST" ? context.req.header("idempotency-key") : undefined;
    if (!key) {
      context.set("keyed", null);
      return next();
    }

    const keyed = {
      key,
      account: context.get("account"),
      endpoint: context.req.path,
      body: await context.req.text(),
    };
    const taken = idempotency.take(keyed);
    context.header("idempotency-key", key);
    if (taken.saved) {
      context.header("idempotent-replayed", "true");
      context.header("original-request", taken.saved.requestId);
      return context.json(taken.saved.answer, taken.saved.status as ContentfulStatusCode);
    }
    try {
      context.set("keyed", keyed);
      await next();
    } finally {
      taken.free();
    }
  }

  async function handle(context: Context<ApiEnv>) {
    const { method, path } = context.req;
    const found = findRoute(method, path);
    if (!found) {
      log.violate("request", `${method} ${path}`, ["the emulator has no such call"]);
      throw new StripeFailure(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      });
    }

    const account = context.get("account");
    if (account && !found.resource.isPerAccount) {
      throw notEmulated(`${found.route.operation} for a connected account`);
    }

    const form = method === "GET" ? new URL(context.req.url).search : await context.req.text();
    const keyed = context.get("keyed");
    const request = { id: context.get("requestId"), idempotencyKey: keyed?.key ?? null };
    const outcome = requestScope.run(request, () =>
      performCall({ ...found, form, emulator: emulator.actingFor(account), resources, store, log }),
    );
    // A call that was never begun may be corrected and sent again with the same key.
    if (keyed && outcome.wasBegun) {
      idempotency.save(keyed, {
        requestId: request.id,
        status: outcome.status,
        answer: outcome.answer,
      });
    }
    return context.json(outcome.answer, outcome.status as ContentfulStatusCode);
  }
}

function answerFailure(error: Error, context: Context) {
  if (error instanceof StripeFailure) {
    return context.json(failureJson(error.body), error.status as ContentfulStatusCode);
  }
  console.error("the Stripe emulator failed", error);
  const failure = invalidRequest(`The emulator itself failed: ${error.message}`);
  return context.json(failureJson({ ...failure.body, type: "api_error" }), 500);
}
