/**
 * ./script/dev [--reset]
 *
 * The local stack and the site with hot reload, on the addresses that .env.example names. Data is
 * kept in .local/dev until --reset.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { LOCAL_DIR, ROOT } from "../supabase/local/paths.ts";
import { isFree } from "../supabase/local/ports.ts";
import type { Service } from "../supabase/local/service.ts";
import { startSite } from "../supabase/local/site.ts";
import { prepareStackDir } from "../supabase/local/stack-dir.ts";
import { DEV_PORTS, type StackEnv } from "../supabase/local/stack-env.ts";
import { startStack } from "../supabase/local/stack.ts";

const DIR = join(LOCAL_DIR, "dev");
const DEMO_SIGN_INS = join(ROOT, "prisma/demo-sign-ins.ts");

type DemoSignIn = { who: string; email: string; password: string };

await refuseTakenPorts();
if (process.argv.includes("--reset")) await rm(DIR, { recursive: true, force: true });

const isFirstStart = !existsSync(DIR);
console.log(isFirstStart ? "Preparing the database and the demo market…" : "Starting…");
await prepareStackDir(DIR, { seed: true });

const running: Pick<Service, "stop">[] = [];
let stopping: Promise<void> | null = null;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void stopAll().then(() => process.exit(0)));
}

try {
  const stack = await startStack({ dir: DIR, ports: DEV_PORTS, durable: true, watch: true });
  running.push(stack);
  const site = await startSite({ env: stack.env, entry: "dev" });
  running.push(site);
  await printAddresses(stack.env);

  const code = await site.exited;
  if (!stopping) console.error(`The site ended with code ${code}.`);
  await stopAll();
  process.exit(code);
} catch (error) {
  if (!stopping) console.error(error);
  await stopAll();
  process.exit(1);
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  })();
  return stopping;
}

async function refuseTakenPorts() {
  for (const [name, port] of Object.entries(DEV_PORTS)) {
    if (await isFree(port)) continue;
    console.error(`Port ${port} (${name}) is taken. Is ./script/dev running in another terminal?`);
    process.exit(1);
  }
}

async function printAddresses(env: StackEnv) {
  const rows = [
    ["Site", env.APP_ORIGIN],
    ["Studio", env.STUDIO_URL],
    ["Inbox", env.MAIL_URL],
    ["Clerk", env.CLERK_URL],
    ["Stripe", env.STRIPE_URL],
    ["Zoom", env.ZOOM_URL],
    ["Calendly", env.CALENDLY_URL],
    ["Supabase", env.SUPABASE_URL],
    ["Database", env.DATABASE_URL],
    ["Logs", join(DIR, "logs")],
  ];
  for (const [name = "", address = ""] of rows) console.log(`  ${name.padEnd(10)} ${address}`);

  if (existsSync(DEMO_SIGN_INS)) {
    const { demoSignIns } = (await import(DEMO_SIGN_INS)) as { demoSignIns: DemoSignIn[] };
    console.log("\n  Sign in as");
    for (const { who, email, password } of demoSignIns) {
      console.log(`  ${who.padEnd(16)} ${email.padEnd(40)} ${password}`);
    }
  }
  console.log("\n  Ctrl-C stops everything; ./script/dev --reset starts over.");
}
