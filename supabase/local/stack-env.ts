import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

import { z } from "zod";

import { ROOT } from "./paths.ts";
import { freePort } from "./ports.ts";

/** Who listens where. `internal` parts are reached through the gateway only. */
export type Ports = {
  site: number;
  gateway: number;
  postgres: number;
  studio: number;
  clerk: number;
  stripe: number;
  zoom: number;
  calendly: number;
  mail: number;
  dataApi: number;
  functions: number;
  realtime: number;
  storage: number;
};

/** The addresses that .env.example and the README name. */
export const DEV_PORTS: Ports = {
  site: 3000,
  gateway: 54321,
  postgres: 54322,
  studio: 54323,
  dataApi: 54325,
  functions: 54326,
  realtime: 54327,
  storage: 54328,
  clerk: 4500,
  stripe: 4501,
  zoom: 4502,
  mail: 4503,
  calendly: 4504,
};

/** A port for everything, none of them taken, so that stacks do not meet. */
export async function freePorts(): Promise<Ports> {
  const names = Object.keys(DEV_PORTS) as (keyof Ports)[];
  const entries = await Promise.all(names.map(async (name) => [name, await freePort()] as const));
  const ports = Object.fromEntries(entries) as Ports;
  return new Set(Object.values(ports)).size === names.length ? ports : freePorts();
}

const REQUIRED = [
  "APP_ORIGIN",
  "SUPABASE_URL",
  "SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_SECRET_KEY",
  "CLERK_WEBHOOK_SECRET",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_CONNECT_WEBHOOK_SECRET",
  "ZOOM_ACCOUNT_ID",
  "ZOOM_CLIENT_ID",
  "ZOOM_CLIENT_SECRET",
  "ZOOM_WEBHOOK_SECRET",
  "CALENDLY_CLIENT_ID",
  "CALENDLY_CLIENT_SECRET",
  "CALENDLY_WEBHOOK_SIGNING_KEY",
  "RESEND_API_KEY",
  "RESEND_WEBHOOK_SECRET",
  "RESEND_API_URL",
  "DATABASE_URL",
] as const;

/** Checks that .env.example still has what the stack itself uses. */
const StackEnvSchema = z.record(z.enum(REQUIRED), z.string()).and(z.record(z.string(), z.string()));

/** The variables of .env.example, and the addresses that only tools and tests use. */
export type StackEnv = z.infer<typeof StackEnvSchema>;

/**
 * What a program beside this stack needs: .env.example with this stack's addresses. Values that
 * the developer's own environment sets are ignored: they may be of a real project.
 * @throws if .env.example lacks a variable that the stack uses
 */
export function stackEnv(ports: Ports, databaseUrl: string): StackEnv {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const site = `http://localhost:${ports.site}`;

  return StackEnvSchema.parse({
    ...exampleEnv(),
    APP_ORIGIN: site,
    PORT: String(ports.site),
    SUPABASE_URL: at(ports.gateway),
    CLERK_API_URL: at(ports.clerk),
    CLERK_FAPI_URL: at(ports.clerk),
    CLERK_PROXY_URL: `${site}/__clerk`,
    STRIPE_API_BASE: at(ports.stripe),
    ZOOM_API_BASE: `${at(ports.zoom)}/v2`,
    ZOOM_OAUTH_BASE: at(ports.zoom),
    CALENDLY_API_BASE: at(ports.calendly),
    CALENDLY_AUTH_BASE: at(ports.calendly),
    CALENDLY_ORIGIN: at(ports.calendly),
    CALENDLY_WIDGET_URL: `${at(ports.calendly)}/assets/external/widget.js`,
    RESEND_API_URL: at(ports.mail),

    DATABASE_URL: databaseUrl,
    EDGE_FUNCTIONS_URL: at(ports.functions),
    STUDIO_URL: at(ports.studio),
    CLERK_URL: at(ports.clerk),
    STRIPE_URL: at(ports.stripe),
    ZOOM_URL: at(ports.zoom),
    CALENDLY_URL: at(ports.calendly),
    MAIL_URL: at(ports.mail),
  });
}

/** The part of it that .env.example names: what is configured on the platform as well. */
export function projectEnv(env: StackEnv): Record<string, string> {
  return Object.fromEntries(Object.keys(exampleEnv()).map((name) => [name, env[name] ?? ""]));
}

function exampleEnv() {
  return parseEnv(readFileSync(join(ROOT, ".env.example"), "utf8"));
}
