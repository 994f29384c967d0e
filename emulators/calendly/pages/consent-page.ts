import { randomBytes } from "node:crypto";

import { Hono } from "hono";
import type { Context } from "hono";

import { html, page, type Html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Calendly } from "../calendly.ts";
import { SCOPES } from "../scopes.ts";

const CODE_MILLISECONDS = 600_000;

type Wish = {
  redirectUri: URL;
  scope: string;
  state: string | undefined;
  challenge: string | null;
};

/**
 * `/oauth/authorize`: somebody is asked whether the site may act for them at Calendly. Instead of a
 * sign-in, the page lists everybody the emulator knows.
 */
export function consentPages(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();

  app.get("/authorize", (context) => {
    const wish = readWish(calendly, context);
    if (typeof wish === "string") return context.html(refusedPage(wish), 400);
    return context.html(consentPage(calendly, wish));
  });

  app.post("/authorize", async (context) => {
    const wish = readWish(calendly, context);
    if (typeof wish === "string") return context.html(refusedPage(wish), 400);
    const form = await context.req.parseBody();
    const person = calendly.store.state.people.find(({ uuid }) => uuid === form["person"]);
    const target = new URL(wish.redirectUri);
    if (wish.state !== undefined) target.searchParams.set("state", wish.state);

    if (!person || form["answer"] === "deny") {
      target.searchParams.set("error", "access_denied");
      target.searchParams.set("error_description", "The resource owner denied the request.");
      return context.redirect(target.href, 303);
    }
    const code = randomBytes(24).toString("base64url");
    calendly.store.state.codes[code] = {
      personUuid: person.uuid,
      scope: wish.scope,
      endsAt: calendly.clock.now() + CODE_MILLISECONDS,
      redirectUri: wish.redirectUri.href,
      challenge: wish.challenge,
    };
    calendly.store.changed();
    target.searchParams.set("code", code);
    return context.redirect(target.href, 303);
  });

  return app;
}

/** What the site asks for, or why that can't be asked. */
function readWish(calendly: Calendly, context: Context<EmulatorEnv>): Wish | string {
  const query = context.req.query();
  const { clientId, appOrigin } = calendly.options;
  const redirectUri = URL.canParse(query["redirect_uri"] ?? "")
    ? new URL(query["redirect_uri"] ?? "")
    : null;
  const scopes = (query["scope"] ?? "").split(" ").filter(Boolean);
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope));

  if (query["client_id"] !== clientId) return "This app is not known to Calendly.";
  if (redirectUri?.origin !== appOrigin) return "The redirect address is not one of the app's.";
  if (query["response_type"] !== "code") return "Only response_type=code is supported.";
  if (scopes.length === 0) return "Apps made since March 2026 must ask for scopes.";
  if (unknown.length > 0) return `No such scope: ${unknown.join(", ")}.`;
  if (query["code_challenge"] && query["code_challenge_method"] !== "S256") {
    return "Only code_challenge_method=S256 is supported.";
  }
  return {
    redirectUri,
    scope: scopes.join(" "),
    state: query["state"],
    challenge: query["code_challenge"] ?? null,
  };
}

function consentPage(calendly: Calendly, { scope }: Wish): Html {
  const { people } = calendly.store.state;
  const body = html`<p>Walkthrough wants to use your Calendly account. It asks for:</p>
    <ul>
      ${scope.split(" ").map((name) => html`<li><code>${name}</code></li>`)}
    </ul>
    <form method="post" class="card">
      <fieldset>
        <legend>Who are you?</legend>
        ${people.map(
          ({ uuid, name, plan }, index) =>
            html`<label>
              <input type="radio" name="person" value="${uuid}" ${index === 0 ? "checked" : ""} />
              ${name} (${plan} plan)
            </label>`,
        )}
      </fieldset>
      <button name="answer" value="allow">Allow</button>
      <button name="answer" value="deny">Deny</button>
    </form>`;
  return page({ title: "Connect with Calendly", emulator: "Calendly", body });
}

function refusedPage(why: string): Html {
  return page({
    title: "This request can't be answered",
    emulator: "Calendly",
    body: html`<p role="alert">${why}</p>`,
  });
}
