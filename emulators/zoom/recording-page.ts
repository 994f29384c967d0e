import { Hono } from "hono";

import { html, page } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { notFound } from "./errors.ts";
import { playPasscode } from "./recording-object.ts";
import type { Zoom } from "./zoom.ts";

/** `/rec/share/{token}?pwd=`: where a recording is watched. */
export function recordingPages(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/share/:token", (context) => {
    const recording = zoom.store.state.recordings.find(
      ({ token, isTrashed }) => token === context.req.param("token") && !isTrashed,
    );
    if (!recording) throw notFound(3301, "This recording does not exist.");

    const { pwd, passcode } = context.req.query();
    const mayWatch = pwd === playPasscode(recording.passcode) || passcode === recording.passcode;
    const body = mayWatch
      ? html`<p role="status">The recording plays here.</p>`
      : html`<form class="card">
          <label>Passcode <input name="passcode" required autocomplete="off" /></label>
          <button>Watch recording</button>
        </form>`;
    return context.html(page({ title: recording.topic, emulator: "Zoom", body }));
  });

  return app;
}
