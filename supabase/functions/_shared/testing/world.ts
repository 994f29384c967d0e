/**
 * The outside world of a test: one server on the loopback interface that plays Supabase, Stripe,
 * Zoom, Resend and Clerk, and the environment that points to it. Import it before anything of
 * ours, because `_shared/env.ts` reads the environment once.
 */

/** A request that a function made. */
export type Call = { method: string; path: string; headers: Headers; body: string };

type Answer = (call: Call) => Response | Promise<Response>;

/** What is secret here, to sign with. */
export const SECRETS = {
  clerk: `whsec_${btoa("the clerk webhook secret")}`,
  stripe: "whsec_test_stripe",
  stripeConnect: "whsec_test_connect",
  zoom: "test-zoom-secret",
  calendly: "test-calendly-key",
  resend: `whsec_${btoa("the resend webhook secret")}`,
  supabase: "sb_secret_test",
};

const calls: Call[] = [];
const routes = new Map<string, Answer[]>();

// Kept, because what is under test replaces Deno.serve when it is loaded.
const serve = Deno.serve;
const server = serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
  const { pathname, search } = new URL(request.url);
  const call = {
    method: request.method,
    path: pathname + search,
    headers: request.headers,
    body: await request.text(),
  };
  calls.push(call);

  const answers = routes.get(`${call.method} ${pathname}`);
  const answer = answers && answers.length > 1 ? answers.shift() : answers?.[0];
  return (
    (await answer?.(call)) ??
    Response.json({ message: `Nobody plays ${call.method} ${pathname}` }, { status: 501 })
  );
});
server.unref();

const origin = `http://127.0.0.1:${server.addr.port}`;
const environment = {
  APP_ORIGIN: "https://walkthrough.test",
  SUPABASE_URL: origin,
  SUPABASE_SECRET_KEY: SECRETS.supabase,
  CLERK_SECRET_KEY: "sk_test_clerk",
  CLERK_API_URL: origin,
  CLERK_WEBHOOK_SECRET: SECRETS.clerk,
  STRIPE_SECRET_KEY: "sk_test_stripe",
  STRIPE_API_BASE: origin,
  STRIPE_WEBHOOK_SECRET: SECRETS.stripe,
  STRIPE_CONNECT_WEBHOOK_SECRET: SECRETS.stripeConnect,
  ZOOM_ACCOUNT_ID: "account",
  ZOOM_CLIENT_ID: "client",
  ZOOM_CLIENT_SECRET: "client secret",
  ZOOM_WEBHOOK_SECRET: SECRETS.zoom,
  ZOOM_API_BASE: `${origin}/zoom`,
  ZOOM_OAUTH_BASE: origin,
  CALENDLY_CLIENT_ID: "client",
  CALENDLY_CLIENT_SECRET: "client secret",
  CALENDLY_WEBHOOK_SIGNING_KEY: SECRETS.calendly,
  CALENDLY_API_BASE: `${origin}/calendly`,
  CALENDLY_AUTH_BASE: `${origin}/calendly-auth`,
  RESEND_API_KEY: "re_test",
  RESEND_WEBHOOK_SECRET: SECRETS.resend,
  RESEND_API_URL: origin,
  MAIL_FROM: "Walkthrough <sessions@walkthrough.test>",
};
for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);

/**
 * Says how the world answers a route, such as "POST /v1/refunds". Several answers are given one
 * after the other, the last one for ever. A body alone is a 200.
 */
export function plays(route: string, ...answers: (Answer | object)[]): void {
  routes.set(
    route,
    answers.map((answer) =>
      typeof answer === "function" ? (answer as Answer) : () => Response.json(answer),
    ),
  );
}

/** Says what a SQL function called by rpc returns. */
export function playsRpc(name: string, ...answers: (Answer | object)[]): void {
  plays(`POST /rest/v1/rpc/${name}`, ...answers);
}

/** An answer with this status. */
export function status(
  code: number,
  body: object = {},
  headers: Record<string, string> = {},
): Answer {
  return () =>
    code === 204
      ? new Response(null, { status: 204, headers })
      : Response.json(body, { status: code, headers });
}

/** What the function asked the world, in order; of one path only, if given. */
export function callsTo(path?: string): Call[] {
  return calls.filter((call) => !path || call.path.split("?")[0] === path);
}

/** What SQL functions were called with. */
export function rpcArguments(name: string): unknown[] {
  return callsTo(`/rest/v1/rpc/${name}`).map((call) => JSON.parse(call.body));
}

/** Forgets what was asked and how to answer. */
export function newWorld(): void {
  calls.length = 0;
  routes.clear();
}

/**
 * Loads a function as the platform does, wiring and all.
 * @param load imports its index.ts
 * @returns what it serves
 */
export async function loadFunction(
  load: () => Promise<unknown>,
): Promise<(request: Request) => Promise<Response>> {
  let served: ((request: Request) => Promise<Response>) | undefined;
  Object.defineProperty(Deno, "serve", {
    configurable: true,
    value: (handler: typeof served) => (served = handler),
  });
  await load();
  Object.defineProperty(Deno, "serve", { configurable: true, value: serve });
  if (!served) throw new Error("The function does not serve.");
  return served;
}

/** Runs without what functions log, and tells the lines: a refusal is logged on purpose. */
export async function quietly<Value>(
  work: () => Promise<Value>,
): Promise<{ value: Value; lines: string[] }> {
  const lines: string[] = [];
  const { warn, error } = console;
  console.warn = console.error = (line: string) => lines.push(line);
  try {
    return { value: await work(), lines };
  } finally {
    Object.assign(console, { warn, error });
  }
}
