import { readFileSync } from "node:fs";
import { parseEnv as parseDotenv } from "node:util";

import { describe, expect, it } from "vitest";

import { EnvSchema, parseEnv } from "./env.server.ts";

const example = parseDotenv(readFileSync(".env.example", "utf8"));

describe("the environment", () => {
  it("is what .env.example says, which works as it is", () => {
    for (const name of Object.keys(EnvSchema.shape)) expect(Object.keys(example)).toContain(name);
    expect(parseEnv(example).APP_ORIGIN).toBe("http://localhost:3000");
  });

  it("names everything that is missing or wrong, and no value", () => {
    const { SUPABASE_URL: _left, ...rest } = example;
    const broken = { ...rest, CLERK_SECRET_KEY: "leaked", SESSION_SECRET: "" };
    const attempt = () => parseEnv(broken);
    expect(attempt).toThrow(/SUPABASE_URL: missing/);
    expect(attempt).toThrow(/SESSION_SECRET: missing/);
    expect(attempt).toThrow(/CLERK_SECRET_KEY: /);
    expect(attempt).not.toThrow(/leaked/);
  });

  it("takes an origin, not an address with a path", () => {
    expect(() => parseEnv({ ...example, APP_ORIGIN: "https://site.example/app" })).toThrow(
      /APP_ORIGIN/,
    );
  });

  it("reads several session secrets, the newest first", () => {
    const secrets = { SESSION_SECRET: "the-new-long-secret,the-old-long-secret" };
    expect(parseEnv({ ...example, ...secrets }).SESSION_SECRET).toEqual([
      "the-new-long-secret",
      "the-old-long-secret",
    ]);
  });
});
