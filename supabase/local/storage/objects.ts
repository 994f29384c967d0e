import postgres, { type JSONValue, type ReservedSql, type Sql } from "postgres";

import type { Identity } from "../tokens.ts";
import { REFUSALS } from "./refusal.ts";

export type Bucket = {
  id: string;
  file_size_limit: number | null;
  allowed_mime_types: string[] | null;
};

export type StoredObject = {
  id: string;
  name: string;
  version: string;
  metadata: ObjectMetadata;
};

type ObjectMetadata = {
  eTag: string;
  size: number;
  mimetype: string;
  cacheControl: string;
  lastModified: string;
};

export type NewObject = { bucketId: string; name: string; owner: Identity };

type FinishedObject = NewObject & {
  version: string;
  metadata: ObjectMetadata;
  /** What the uploader says of it. */
  userMetadata: JSONValue;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSUFFICIENT_PRIVILEGE = "42501";
const UNIQUE_VIOLATION = "23505";

/**
 * The rows of storage.buckets and storage.objects, asked the way Supabase's Storage does: under the
 * role and claims of whoever asks, so that row level security decides; what follows from a yes is
 * written under the service's own role.
 *
 * @param sql a role that may become those of the tokens and passes row level security itself
 */
export function createObjects(sql: Sql) {
  /** Runs `work` as `asker`, in a transaction that ends as `end` says. */
  async function as<Value>(
    { role, claims }: Identity,
    work: (tx: ReservedSql) => Promise<Value>,
    end: "commit" | "rollback" = "commit",
  ): Promise<Value> {
    const tx = await sql.reserve();
    try {
      await tx`begin`;
      await tx`
        select set_config('role', ${role}, true),
          set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
          -- Without it storage.protect_delete refuses to delete.
          set_config('storage.allow_delete_query', 'true', true)
      `;
      const value = await work(tx);
      await tx.unsafe(end);
      return value;
    } catch (error) {
      await tx`rollback`;
      throw toRefusal(error);
    } finally {
      tx.release();
    }
  }

  return {
    /** @throws StorageRefusal when there is none: who may see buckets does not matter */
    async findBucket(id: string): Promise<Bucket> {
      const [bucket] = await sql<Bucket[]>`
        select id, file_size_limit::float8, allowed_mime_types from storage.buckets where id = ${id}
      `;
      if (!bucket) throw REFUSALS.noSuchBucket();
      return bucket;
    },

    /** @throws StorageRefusal when the owner may not make this object, or there is one */
    async mustBeAllowed(object: NewObject): Promise<void> {
      // No "returning": that would ask for the right to read as well.
      const attempt = (tx: ReservedSql) => tx`insert into storage.objects ${tx(rowOf(object))}`;
      await as(object.owner, attempt, "rollback");
    },

    /** Writes the row of an object whose bytes are there. Returns its id. */
    async create(object: FinishedObject): Promise<string> {
      const row = {
        ...rowOf(object),
        version: object.version,
        metadata: sql.json(object.metadata),
        user_metadata: sql.json(object.userMetadata),
      };
      const [created] = await sql<{ id: string }[]>`
        insert into storage.objects ${sql(row)}
        returning id
      `.catch((error: unknown) => {
        throw toRefusal(error);
      });
      return created!.id;
    },

    /** Those of the named objects that `asker` may see. */
    find: (asker: Identity, bucketId: string, names: string[]): Promise<StoredObject[]> =>
      as(
        asker,
        (tx) => tx<StoredObject[]>`
          select id, name, version, metadata from storage.objects
          where bucket_id = ${bucketId} and name = any (${names}::text[])
        `,
      ),

    /** Deletes those of the named objects that `asker` may see and delete. Returns them. */
    remove: (asker: Identity, bucketId: string, names: string[]): Promise<StoredObject[]> =>
      as(
        asker,
        (tx) => tx<StoredObject[]>`
          delete from storage.objects
          where bucket_id = ${bucketId} and name = any (${names}::text[])
          returning *
        `,
      ),

    /** What `asker` may see right below a folder: objects, and folders with a null id. */
    list: (asker: Identity, bucketId: string, folder: string, limit: number, offset: number) =>
      as(asker, (tx) => {
        const depth = folder === "" ? 1 : folder.split("/").length + 1;
        const prefix = folder === "" ? "" : `${folder}/`;
        return tx`
          select path_tokens[${depth}::integer] as name,
            case when cardinality(path_tokens) = ${depth}::integer then id end as id,
            max(updated_at) as updated_at, max(created_at) as created_at,
            max(last_accessed_at) as last_accessed_at,
            case when cardinality(path_tokens) = ${depth}::integer then metadata end as metadata
          from storage.objects
          where bucket_id = ${bucketId} and starts_with(name, ${prefix})
          group by 1, 2, 6
          order by 1
          limit ${limit} offset ${offset}
        `;
      }),
  };
}

export type Objects = ReturnType<typeof createObjects>;

function rowOf({ bucketId, name, owner }: NewObject) {
  const sub = typeof owner.claims.sub === "string" ? owner.claims.sub : null;
  return {
    bucket_id: bucketId,
    name,
    owner: sub && UUID.test(sub) ? sub : null,
    owner_id: sub,
  };
}

function toRefusal(error: unknown): unknown {
  if (!(error instanceof postgres.PostgresError)) return error;
  if (error.code === INSUFFICIENT_PRIVILEGE) return REFUSALS.accessDenied(error.message);
  if (error.code === UNIQUE_VIOLATION) return REFUSALS.keyExists();
  return error;
}
