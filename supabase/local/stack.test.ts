import { rm } from "node:fs/promises";

import { afterAll, expect, it, vi } from "vitest";

import { withConnection } from "./database.ts";
import { isFree } from "./ports.ts";
import { prepareStackDir } from "./stack-dir.ts";
import { freePorts, type Ports } from "./stack-env.ts";
import { startStack, type Stack } from "./stack.ts";
import { throwawayDir } from "./throwaway-dir.ts";

const dir = await throwawayDir();
let stack: Stack | null = null;

async function start(ports: Ports) {
  stack = await startStack({ dir, ports, durable: false });
  return stack.env;
}

afterAll(async () => {
  await stack?.stop();
  await rm(dir, { recursive: true, force: true });
});

it(
  "starts everything, keeps its data over a restart, and leaves no port open",
  { timeout: 120_000 },
  async () => {
    const ports = await freePorts();
    await prepareStackDir(dir, { seed: false });
    const env = await start(ports);

    for (const name of [
      "STUDIO_URL",
      "CLERK_URL",
      "STRIPE_URL",
      "ZOOM_URL",
      "CALENDLY_URL",
      "MAIL_URL",
    ]) {
      expect((await fetch(env[name] ?? name)).status, name).toBe(200);
    }
    const states = await fetch(`${env.SUPABASE_URL}/rest/v1/states?code=eq.OH`, {
      headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY },
    });
    expect(await states.json()).toEqual([{ code: "OH", name: "Ohio" }]);

    await withConnection(env.DATABASE_URL, async (sql) => {
      // From SQL through pg_net, the gateway and the functions' server, and back.
      await sql`
      select net.http_get(decrypted_secret || '/functions/v1/clerk-webhook')
      from vault.decrypted_secrets where name = 'project_url'
    `;
      await vi.waitFor(
        async () =>
          expect(await sql`select status_code from net._http_response`).toEqual([
            { status_code: 405 },
          ]),
        30_000,
      );
      await sql.unsafe("create table private.kept as select 1 as number");
    });

    await stack?.stop();
    for (const port of Object.values(ports)) expect(await isFree(port)).toBe(true);

    const again = await start(await freePorts());
    await withConnection(again.DATABASE_URL, async (sql) => {
      expect(await sql`select number from private.kept`).toEqual([{ number: 1 }]);
      expect(
        await sql`select decrypted_secret as url from vault.decrypted_secrets where name = 'project_url'`,
      ).toEqual([{ url: again.SUPABASE_URL }]);
    });
  },
);
