import { expect, it } from "vitest";

import { createLogger } from "./logger.server.ts";

it("writes what must not be read as [redacted], wherever it is", () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (line) => lines.push(line) });
  log.info({
    email: "s3cret",
    form: { password: "s3cret" },
    request: { headers: { cookie: "s3cret" } },
  });
  log.info({ status: 200 }, "request");

  expect(lines[0]).not.toContain("s3cret");
  expect(lines[0]?.match(/\[redacted\]/g)).toHaveLength(3);
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ level: "info", status: 200, msg: "request" });
});
