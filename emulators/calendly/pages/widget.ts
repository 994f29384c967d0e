import { Hono } from "hono";

import type { EmulatorEnv } from "../../shared/serve.ts";

/** `/assets/external/widget.js` and `widget.css`: what a site loads to show a booking page in itself. */
export function widgetRoutes() {
  const app = new Hono<EmulatorEnv>();
  app.get("/assets/external/widget.js", (context) =>
    context.body(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  app.get("/assets/external/widget.css", (context) =>
    context.body(STYLES, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  return app;
}

const STYLES = ".calendly-inline-widget iframe { border: 0; height: 100%; width: 100%; }\n";

const SCRIPT = `(() => {
  function addressOf(options) {
    const url = new URL(options.url, document.baseURI);
    for (const [key, value] of Object.entries(options.prefill ?? {})) {
      const name = key === "firstName" ? "first_name" : key === "lastName" ? "last_name" : key;
      if (key === "customAnswers") {
        for (const [answer, text] of Object.entries(value)) url.searchParams.set(answer, text);
      } else if (value) {
        url.searchParams.set(name, Array.isArray(value) ? value.join(",") : value);
      }
    }
    for (const [key, value] of Object.entries(options.utm ?? {})) {
      const name = key === "salesforce_uuid" ? key : key.replace("utm", "utm_").toLowerCase();
      if (value) url.searchParams.set(name, value);
    }
    url.searchParams.set("embed_domain", location.host);
    url.searchParams.set("embed_type", "Inline");
    return url.href;
  }

  function initInlineWidget(options) {
    const parent = options.parentElement ?? document.querySelector(".calendly-inline-widget");
    const frame = document.createElement("iframe");
    frame.src = addressOf(options);
    frame.title = "Select a date and time";
    frame.width = "100%";
    frame.height = "100%";
    parent.append(frame);
  }

  window.Calendly = { ...window.Calendly, initInlineWidget };

  function loadAll() {
    for (const element of document.querySelectorAll(".calendly-inline-widget[data-url]")) {
      if (element.dataset.autoLoad === "false" || element.dataset.processed) continue;
      element.dataset.processed = "true";
      initInlineWidget({ url: element.dataset.url, parentElement: element });
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", loadAll);
  else loadAll();
})();
`;
