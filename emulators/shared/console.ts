import { html, table, type Html } from "./page.ts";
import type { RequestLog } from "./request-log.ts";
import type { WebhookSender } from "./webhook-sender.ts";

const SHOWN = 25;

/** The lower half of a console page: the last webhooks, calls and breaches of contract. */
export function activity(log: RequestLog, webhooks?: WebhookSender): Html {
  return html`${webhooks ? webhookTable(webhooks) : ""}
    <h2>Calls</h2>
    ${table(
      ["At", "Call", "Answer"],
      log
        .requests()
        .slice(0, SHOWN)
        .map((call) => [call.at, html`<code>${call.method} ${call.path}</code>`, call.status]),
      "Nobody has called yet.",
    )}
    <h2>Breaches of contract</h2>
    ${table(
      ["At", "Operation", "Problems"],
      log
        .violations()
        .slice(0, SHOWN)
        .map((entry) => [
          entry.at,
          html`${entry.direction} <code>${entry.operation}</code>`,
          html`<span class="bad">${entry.problems.join("; ")}</span>`,
        ]),
      "None: everything sent and answered is as the vendor documents it.",
    )}`;
}

function webhookTable(webhooks: WebhookSender): Html {
  return html`<h2>Webhooks</h2>
    ${table(
      ["Event", "Type", "Attempts"],
      webhooks
        .log()
        .slice(0, SHOWN)
        .map(({ event, attempts, held }) => [
          html`<code>${event.id}</code>`,
          event.type,
          held ? "held" : attempts.map((attempt) => attempt.status ?? attempt.answer).join(", "),
        ]),
      "Nothing has happened yet.",
    )}`;
}
