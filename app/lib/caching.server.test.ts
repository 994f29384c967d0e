import { expect, it } from "vitest";

import type { Viewer } from "./auth.server.ts";
import { visitorCaching } from "./caching.server.ts";

const visitor = { signedIn: false } as Viewer;
const member = { signedIn: true } as Viewer;

function request(cookie: string): Request {
  return new Request("http://site.invalid/", { headers: { Cookie: cookie } });
}

it("keeps only what is nobody's own, and for one reader's browser only", () => {
  const kept = visitorCaching(request("theme=dark"), visitor);
  expect(kept["Cache-Control"]).toBe("private, max-age=60");
  expect(kept["Vary"]).toBe("Cookie");

  expect(visitorCaching(request("theme=dark"), member)).toEqual({});
  expect(visitorCaching(request("theme=dark; flash=abc"), visitor)).toEqual({});
});
