import { createClient } from "@supabase/supabase-js";

import type { Database } from "../../../app/lib/database.types.ts";
import type { Db } from "../../../app/lib/db.server.ts";
import { createPerson, type Person } from "../../e2e/support/people.ts";
import { stackValue } from "../../e2e/support/stack.ts";

/** Somebody who is signed in. */
export type Client = { person: Person; db: Db };

const CLERK_VERSION = "2025-11-10";

/** Somebody new, signed in. */
export async function createSignedIn(): Promise<Client> {
  return signIn(await createPerson());
}

/**
 * Signs somebody in.
 * @returns them, with a database client of their own token
 */
export async function signIn(person: Person): Promise<Client> {
  return { person, db: createTokenDb(await sessionToken(person)) };
}

/** Signs somebody in at Clerk, as the site does, and returns their token. */
export async function sessionToken(person: Person): Promise<string> {
  const response = await fetch(
    `${stackValue("CLERK_URL")}/v1/client/sign_ins?__clerk_api_version=${CLERK_VERSION}`,
    {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "clerk-proxy-url": stackValue("CLERK_PROXY_URL"),
        "clerk-secret-key": stackValue("CLERK_SECRET_KEY"),
        "x-forwarded-for": "127.0.0.1",
        origin: stackValue("APP_ORIGIN"),
      },
      body: new URLSearchParams({
        strategy: "password",
        identifier: person.email,
        password: person.password,
      }),
    },
  );
  const { client } = (await response.json()) as {
    client: { sessions: { last_active_token: { jwt: string } | null }[] } | null;
  };
  const token = client?.sessions[0]?.last_active_token?.jwt;
  if (!token) throw new Error(`${person.email} could not sign in (${response.status}).`);
  return token;
}

function createTokenDb(token: string): Db {
  return createClient<Database>(
    stackValue("SUPABASE_URL"),
    stackValue("SUPABASE_PUBLISHABLE_KEY"),
    {
      accessToken: () => Promise.resolve(token),
    },
  );
}
