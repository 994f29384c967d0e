import { Hono } from "hono";

import { activity } from "../shared/console.ts";
import { html, page, table, type Html } from "../shared/page.ts";
import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { WebhookSender } from "../shared/webhook-sender.ts";
import { listUsers } from "./backend-user-list.ts";
import { callerOf } from "./http.ts";
import type { Instance } from "./instance.ts";
import { endSession, getSession, isActive } from "./sessions.ts";
import { changeUser, getUser, lockedForSeconds } from "./users.ts";

type ConsoleParts = { instance: Instance; log: RequestLog; webhooks: WebhookSender };

const SHOWN = 25;
const SWITCHES = { deviceTrust: "Device Trust", rateLimits: "Rate limits" } as const;

/** The console page: who there is, who is signed in, which codes went out. Mounted at /. */
export function consoleRoutes({ instance, log, webhooks }: ConsoleParts) {
  const app = new Hono<EmulatorEnv>();

  app.get("/", (context) => {
    const query = context.req.query("query") ?? "";
    return context.html(
      page({
        title: "Users and sessions",
        emulator: "Clerk",
        body: html`${switches(instance)} ${codes(instance)} ${sessions(instance)}
        ${users(instance, query)} ${activity(log, webhooks)}`,
      }),
    );
  });

  app.post("/console/sessions/:id/revoke", (context) => {
    const session = getSession(instance, context.req.param("id"));
    endSession(instance, session, "revoked", callerOf(context));
    return context.redirect("/", 303);
  });
  app.post("/console/users/:id/unlock", (context) => {
    const user = getUser(instance.state, context.req.param("id"));
    changeUser(instance, user, { lockedUntil: null, failedAttempts: 0 }, callerOf(context));
    return context.redirect("/", 303);
  });
  app.post("/console/settings/:name", (context) => {
    const name = context.req.param("name");
    if (name === "deviceTrust" || name === "rateLimits") {
      instance.settings[name] = !instance.settings[name];
    }
    return context.redirect("/", 303);
  });

  // Avatars of the API's image_url: the initial, drawn here.
  app.get("/image/:id", async (context) => {
    const user = getUser(instance.state, context.req.param("id"));
    const initial = (user.firstName ?? user.emailAddresses[0]?.address ?? "?").slice(0, 1);
    const image = await html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
      <circle cx="20" cy="20" r="20" fill="#2456b8" />
      <text x="20" y="26" font-family="sans-serif" font-size="18" fill="#fff" text-anchor="middle">
        ${initial.toUpperCase()}
      </text>
    </svg>`;
    return context.body(image.toString(), 200, { "content-type": "image/svg+xml" });
  });

  return app;
}

function switches(instance: Instance): Html {
  return html`<div class="card">
    ${(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).map(
      (name) =>
        html`<form method="post" action="/console/settings/${name}">
          <span>${SWITCHES[name]}: ${instance.settings[name] ? "on" : "off"}</span>
          <button class="plain">Turn ${instance.settings[name] ? "off" : "on"}</button>
        </form>`,
    )}
  </div>`;
}

function codes(instance: Instance): Html {
  return html`<h2>Codes that were sent</h2>
    ${table(
      ["At", "To", "Code", "What for"],
      instance.state.codes
        .slice(0, SHOWN)
        .map(({ sentAt, email, code, purpose }) => [
          time(sentAt),
          email,
          html`<code>${code}</code>`,
          purpose,
        ]),
      "None so far.",
    )}`;
}

function sessions(instance: Instance): Html {
  const active = Object.values(instance.state.sessions)
    .filter((session) => isActive(instance, session))
    .reverse();
  return html`<h2>Signed in (${active.length})</h2>
    ${table(
      ["Since", "Who", "Session", ""],
      active
        .slice(0, SHOWN)
        .map((session) => [
          time(session.createdAt),
          instance.state.users[session.userId]?.emailAddresses[0]?.address ?? session.userId,
          html`<code>${session.id}</code>`,
          button(`/console/sessions/${session.id}/revoke`, "Revoke"),
        ]),
      "Nobody is signed in.",
    )}`;
}

function users(instance: Instance, query: string): Html {
  const found = listUsers(instance.state, new URLSearchParams({ query }));
  return html`<h2>Users (${found.length})</h2>
    <form method="get">
      <label>Name, address or id <input name="query" value="${query}" /></label>
      <button class="plain">Search</button>
    </form>
    ${table(
      ["Address", "Name", "Id", ""],
      found.slice(0, SHOWN).map((user) => {
        const isLocked = lockedForSeconds(instance, user) !== null;
        return [
          user.emailAddresses[0]?.address ?? "",
          [user.firstName, user.lastName].filter(Boolean).join(" "),
          html`<code>${user.id}</code>`,
          isLocked ? button(`/console/users/${user.id}/unlock`, "Unlock") : "",
        ];
      }),
      "Nobody has signed up.",
    )}`;
}

function button(action: string, label: string): Html {
  return html`<form method="post" action="${action}">
    <button class="plain">${label}</button>
  </form>`;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}
