import type { Context } from "hono";

import { html, raw, type Html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";

/**
 * What a framed page tells the page around it: one message when it is shown, its height, and when a
 * time is chosen. Only with `embed_domain` in the address, as at Calendly.
 */
export function frameScript(context: Context<EmulatorEnv>, event: string, payload: object): Html {
  if (!context.req.query("embed_domain")) return html``;
  const message = JSON.stringify({ event, payload }).replaceAll("<", "\\u003c");
  return html`<script>
    ${raw(`
      function tell(message) { window.parent.postMessage(message, "*"); }
      tell(${message});
      tell({
        event: "calendly.page_height",
        payload: { height: document.documentElement.scrollHeight + "px" },
      });
      document.addEventListener("change", (change) => {
        if (change.target.name === "start") tell({ event: "calendly.date_and_time_selected", payload: {} });
      });
    `)};
  </script>`;
}
