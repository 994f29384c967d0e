import { expect, it } from "vitest";

import { DEV_PORTS, freePorts, projectEnv, stackEnv } from "./stack-env.ts";

it("leaves no address of the development stack in another stack's environment", async () => {
  const ports = await freePorts();
  const env = stackEnv(ports, `postgresql://postgres@127.0.0.1:${ports.postgres}/postgres`);

  const development = new RegExp(`:(${Object.values(DEV_PORTS).join("|")})\\b`);
  expect(Object.entries(env).filter(([, value]) => development.test(value))).toEqual([]);
  expect(Object.keys(projectEnv(env))).toEqual(
    expect.arrayContaining(["SUPABASE_URL", "STRIPE_API_BASE"]),
  );
});

it("gives every part a port of its own", async () => {
  const ports = Object.values(await freePorts());
  expect(new Set(ports).size).toBe(ports.length);
  expect(new Set(Object.values(DEV_PORTS)).size).toBe(ports.length);
});
