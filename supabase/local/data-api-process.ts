/**
 * The Data API's own process: started by data-api.ts with its options as the first message, so
 * that no secret stands in the list of processes. Ends with its parent, however that one ends.
 */
import { serve } from "@hono/node-server";
import { App } from "@supabase/lite";

import { DataApiConnection } from "./data-api-connection.ts";

export type DataApiProcessOptions = {
  databaseUrl: string;
  catalogUrl: string;
  port: number;
  jwtSecret: string;
  schemas: string[];
  maxRows: number;
  poolSize: number;
};

process.once("message", (options) => void start(options as DataApiProcessOptions));
process.once("disconnect", () => process.exit(0));

async function start(options: DataApiProcessOptions): Promise<void> {
  // The library prints every refused statement as an error; a refusal is an answer like others.
  console.error = () => undefined;

  const connection = new DataApiConnection({
    url: options.databaseUrl,
    catalogUrl: options.catalogUrl,
    poolSize: options.poolSize,
  });
  const app = new App({
    connection,
    api: { enabled: true, schemas: options.schemas, max_rows: options.maxRows },
    auth: { enabled: false, jwt_secret: options.jwtSecret },
    storage: { enabled: false },
    studio: { enabled: false },
    // The gateway has looked at the API key already and always sends a token.
    options: { server: { apiKeys: false, admin: false } },
  });
  await app.init();
  await Promise.all([connection.watchSchema(), connection.introspect()]);

  const server = serve(
    { fetch: (request) => app.fetch(request), port: options.port, hostname: "127.0.0.1" },
    ({ port }) => process.send?.({ port }),
  );
  server.on("error", (error: Error) => {
    process.stderr.write(`Data API: ${error.message}\n`);
    process.exit(1);
  });
}
