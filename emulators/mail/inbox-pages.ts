import { Hono } from "hono";

import { html, page, raw, table, type Html } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { Mail } from "./emails.ts";
import { linkify } from "./linkify.ts";
import { bareAddress, messagesTo, type Message } from "./state.ts";
import { FATES, fateEvent } from "./webhooks.ts";

const SHOWN = 200;

/** The HTML of a mail may style itself and open links in a new tab, and nothing else. */
const MAIL_POLICY =
  "default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline'; " +
  "sandbox allow-popups allow-popups-to-escape-sandbox";

/** The inbox: `/?to=` lists, `/messages/{id}` shows one with its files, and decides what becomes of it. */
export function inboxPages(mail: Mail) {
  const app = new Hono<EmulatorEnv>();
  const find = (id: string) => mail.store.state.messages.find((message) => message.id === id);

  app.get("/", (context) => {
    const to = context.req.query("to")?.trim() ?? "";
    const body = inbox(mail, to);
    return context.html(page({ title: to ? `Mail to ${to}` : "Inbox", emulator: "Mail", body }));
  });

  app.get("/messages/:id", (context) => {
    const message = find(context.req.param("id"));
    if (!message) return context.notFound();
    return context.html(
      page({ title: message.subject, emulator: "Mail", body: messageView(message) }),
    );
  });

  app.post("/messages/:id/:fate", (context) => {
    const message = find(context.req.param("id"));
    const fate = FATES.find((known) => known === context.req.param("fate"));
    if (!message || !fate) return context.notFound();
    mail.webhooks.send(fateEvent(message, fate, mail.clock.iso()));
    return context.redirect(`/messages/${message.id}`, 303);
  });

  app.get("/messages/:id/html", (context) => {
    const message = find(context.req.param("id"));
    if (!message?.html) return context.notFound();
    context.header("content-security-policy", MAIL_POLICY);
    return context.html(`<base target="_blank" />${message.html}`);
  });

  app.get("/messages/:id/attachments/:attachmentId", (context) => {
    const attachmentId = context.req.param("attachmentId");
    const files = find(context.req.param("id"))?.attachments;
    const file = files?.find((attachment) => attachment.id === attachmentId);
    if (!file) return context.notFound();
    return context.body(new Uint8Array(Buffer.from(file.content, "base64")), 200, {
      "content-type": file.content_type,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      "x-content-type-options": "nosniff",
    });
  });

  return app;
}

function inbox(mail: Mail, to: string): Html {
  const recipients = new Set(
    mail.store.state.messages.flatMap((message) => message.to.map(bareAddress)),
  );
  return html`<form class="card" method="get">
      <label
        >Recipient
        <input name="to" value="${to}" list="recipients" autocomplete="off" />
      </label>
      <datalist id="recipients">
        ${[...recipients].sort().map((address) => html`<option value="${address}"></option>`)}
      </datalist>
      <button>Show</button>
      ${to ? html`<a href="/">Everybody's mail</a>` : ""}
    </form>
    ${table(
      // What one looks for first, so that a phone shows it.
      ["Subject", "To", "At", "Files"],
      messagesTo(mail.store.state, to)
        .slice(0, SHOWN)
        .map((message) => [
          html`<a href="/messages/${message.id}">${message.subject || "(no subject)"}</a>`,
          message.to.join(", "),
          html`<time datetime="${message.created_at}">${shortTime(message.created_at)}</time>`,
          message.attachments.length || "",
        ]),
      "No mail yet.",
    )}`;
}

function messageView(message: Message): Html {
  return html`<dl class="card">
      <dt>From</dt>
      <dd>${message.from}</dd>
      <dt>To</dt>
      <dd>${[...message.to, ...message.cc, ...message.bcc].join(", ")}</dd>
      <dt>Sent</dt>
      <dd>${message.created_at}</dd>
      ${message.attachments.map(
        (file) =>
          html`<dt>File</dt>
            <dd>
              <a href="/messages/${message.id}/attachments/${file.id}">${file.filename}</a>
              <span class="soft">${file.content_type}</span>
            </dd>`,
      )}
    </dl>
    ${fateButtons(message)}
    ${
      message.html
        ? html`<iframe
            title="The message"
            src="/messages/${message.id}/html"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          ></iframe>`
        : ""
    }
    ${
      message.text
        ? html`<h2>As text</h2>
            <pre>${raw(linkify(message.text))}</pre>`
        : ""
    }`;
}

/** Has Resend tell that this became of the mail. */
function fateButtons({ id }: Message): Html {
  return html`<div class="card row">
    ${FATES.map(
      (fate) =>
        html`<form method="post" action="/messages/${id}/${fate}">
          <button>${FATE_LABELS[fate]}</button>
        </form>`,
    )}
  </div>`;
}

const FATE_LABELS = {
  delivered: "Deliver",
  delivery_delayed: "Delay",
  bounced: "Bounce",
  complained: "Complain",
};

function shortTime(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
