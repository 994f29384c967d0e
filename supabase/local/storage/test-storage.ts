import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import postgres from "postgres";

import { startGateway } from "../gateway.ts";
import { createJwtSecret } from "../keys.ts";
import { createPlatformDataDir } from "../platform.ts";
import { freePort } from "../ports.ts";
import { startPostgres } from "../postgres.ts";
import { startStorage } from "./server.ts";

/*
 * A pantry with a bucket for labels: text and pictures of up to 1,000 bytes. Everybody puts what
 * they like into a folder of their own name and sees it; Sela may throw away what is hers.
 */
const SCHEMA = `
  insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
    ('labels', 'labels', false, 1000, '{text/plain,image/*}'),
    ('crates', 'crates', false, null, null);

  create policy "People put labels into their own folder" on storage.objects
    for insert to authenticated with check (
      bucket_id in ('labels', 'crates')
      and (storage.foldername(name))[1] = auth.jwt() ->> 'sub'
      and owner_id = auth.jwt() ->> 'sub'
    );
  create policy "People see the labels in their own folder" on storage.objects
    for select to authenticated using ((storage.foldername(name))[1] = auth.jwt() ->> 'sub');
  create policy "Sela throws labels away" on storage.objects
    for delete to authenticated using (
      (storage.foldername(name))[1] = 'sela' and auth.jwt() ->> 'sub' = 'sela'
    );
`;

const PUBLISHABLE_KEY = "sb_publishable_test";
const SECRET_KEY = "sb_secret_test";
const ISSUER = "https://clerk.test";
/** What the project takes at most, where a bucket says nothing. */
export const PROJECT_LIMIT = 5_000;

export type TestStorage = Awaited<ReturnType<typeof startTestStorage>>;

/** Starts a database, Storage and a gateway before it, with tokens that the test signs. */
export async function startTestStorage() {
  const folder = await mkdtemp(join(tmpdir(), "storage-"));
  await chmod(folder, 0o755); // the server may run as another user than we do
  const dataDir = join(folder, "data");
  await createPlatformDataDir(dataDir);
  const server = await startPostgres({ dataDir, port: await freePort(), durable: false });
  const sql = postgres(server.databaseUrl(), { max: 1, onnotice: () => undefined });
  await sql.unsafe(SCHEMA);

  const keys = await generateKeyPair("RS256");
  const provider = await publish({ ...(await exportJWK(keys.publicKey)), alg: "RS256", kid: "1" });
  const jwtSecret = createJwtSecret();
  const filesDir = join(folder, "files");
  const reports: string[] = [];
  let now = new Date();
  const storage = await startStorage({
    port: 0,
    databaseUrl: server.databaseUrl(),
    dir: filesDir,
    jwtSecret,
    maxBytes: PROJECT_LIMIT,
    now: () => now,
    report: (what, error) => reports.push(`${what}: ${String(error)}`),
  });
  const gateway = await startGateway({
    port: 0,
    dataApiUrl: storage.url,
    functionsUrl: storage.url,
    realtimeUrl: storage.url,
    storageUrl: storage.url,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
    jwksUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
    issuer: ISSUER,
    jwtSecret,
    functionsConfig: {},
  });

  function tokenOf(name: string): Promise<string> {
    return new SignJWT({ sub: name, role: "authenticated" })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(ISSUER)
      .setExpirationTime("1m")
      .sign(keys.privateKey);
  }

  return {
    sql,
    reports,
    url: `${gateway.url}/storage/v1`,
    /** How many files there are, whatever the rows say. */
    countFiles: () => readdir(filesDir).then((names) => names.length),
    /** Headers of a request by hand. */
    headersOf: async (name: string) => ({
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${await tokenOf(name)}`,
    }),
    advance: (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000)),
    /** The official client. `null` is a visitor; "service" holds the secret key. */
    connect(name: string | null): SupabaseClient["storage"] {
      const key = name === "service" ? SECRET_KEY : PUBLISHABLE_KEY;
      const isPerson = name !== null && name !== "service";
      return createClient(gateway.url, key, {
        ...(isPerson && { accessToken: () => tokenOf(name) }),
      }).storage;
    },
    async stop() {
      await gateway.stop();
      await storage.stop();
      provider.close();
      await sql.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function publish(key: object): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [key] }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
