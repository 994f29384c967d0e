import { createHash, randomUUID } from "node:crypto";

import { Hono, type Context } from "hono";
import { jwtVerify } from "jose";
import { z } from "zod";

import type { Identity } from "../tokens.ts";
import { answerFile } from "./file-answer.ts";
import type { FileStore } from "./files.ts";
import { readIncomingFile } from "./incoming-file.ts";
import type { Objects } from "./objects.ts";
import { REFUSALS, StorageRefusal } from "./refusal.ts";
import type { AddressSigner } from "./signed-address.ts";

export type StorageContext = {
  objects: Objects;
  files: FileStore;
  addresses: AddressSigner;
  /** Signs the HS256 tokens that the gateway sends. */
  jwtSecret: string;
  /** The project's limit; a bucket's own may be lower. */
  maxBytes: number;
  report(what: string, error: unknown): void;
};

/** S3-safe characters, as on the platform. */
const KEY = /^[\w/!\-.*'() &$@=;:+,?]+$/;

const SignSchema = z.object({ expiresIn: z.number().int().min(1) });
const SignOneSchema = SignSchema.extend({ transform: z.unknown().optional() });
const SignManySchema = SignSchema.extend({ paths: z.array(z.string()).min(1) });
const RemoveSchema = z.object({ prefixes: z.array(z.string()).min(1).max(1_000) });
const ListSchema = z.object({
  prefix: z.string().default(""),
  limit: z.number().int().min(1).max(1_000).default(100),
  offset: z.number().int().min(0).default(0),
  search: z.literal("").optional(),
  sortBy: z
    .object({ column: z.literal("name"), order: z.literal("asc").default("asc") })
    .optional(),
});

const NO_ACCESS = "Either the object does not exist or you do not have access to it";

/** What follows /object in an address, where on the platform no bucket's name stands. */
const OTHER_ACTIONS = ["copy", "move", "upload", "info", "public", "list-v2", "list"];

/**
 * The HTTP side of Storage: uploading, addresses, reading, removing and listing objects. Whatever
 * else Supabase's Storage does (changing, moving and copying, public and resumable ones, buckets,
 * transformations) is refused as not served.
 */
export function createStorageApi(context: StorageContext): Hono {
  const { objects, files, addresses } = context;
  const secret = new TextEncoder().encode(context.jwtSecret);
  const app = new Hono();

  app.post("/object/list/:bucket", async (request) => {
    const { prefix, limit, offset } = await bodyOf(request, ListSchema);
    const folder = prefix.replace(/^\/+|\/+$/g, "");
    const bucket = request.req.param("bucket");
    return request.json(await objects.list(await askerOf(request), bucket, folder, limit, offset));
  });

  app.post("/object/sign/:bucket", async (request) => {
    const { expiresIn, paths } = await bodyOf(request, SignManySchema);
    const bucket = request.req.param("bucket");
    const found = await objects.find(await askerOf(request), bucket, paths);
    const names = new Set(found.map((object) => object.name));
    return request.json(
      await Promise.all(
        paths.map(async (path) =>
          names.has(path)
            ? { path, error: null, signedURL: await addresses.sign(bucket, path, expiresIn) }
            : { path, error: NO_ACCESS, signedURL: null },
        ),
      ),
    );
  });

  app.post("/object/sign/:bucket/*", async (request) => {
    const { expiresIn, transform } = await bodyOf(request, SignOneSchema);
    if (transform) throw REFUSALS.notServed("image transformations");
    const bucket = request.req.param("bucket");
    const object = await findObject(await askerOf(request), bucket, nameIn(request, 3));
    return request.json({ signedURL: await addresses.sign(bucket, object.name, expiresIn) });
  });

  app.get("/object/sign/:bucket/*", async (request) => {
    const { bucket } = request.req.param();
    const name = nameIn(request, 3);
    const token = request.req.query("token") ?? "";
    const expiresAt = await addresses.verify(bucket, name, token);
    // Who made the address was allowed to; the object may be gone since.
    const object = await findObject(SERVICE, bucket, name);
    return answerFile(object, await files.read(object.version), {
      download: request.req.query("download"),
      expiresAt,
    });
  });

  app.all("/object/:action/*", (request, next) => {
    const { action } = request.req.param();
    if (OTHER_ACTIONS.includes(action)) throw notServed(request);
    return next();
  });

  app.get("/object/authenticated/:bucket/*", (request) => download(request, 3));
  app.get("/object/:bucket/*", (request) => download(request, 2));

  app.post("/object/:bucket/*", async (request) => {
    if (request.req.header("x-upsert") === "true") throw REFUSALS.notServed("upserts");
    const name = nameIn(request, 2);
    if (!KEY.test(name)) throw REFUSALS.invalidKey(name);

    const owner = await askerOf(request);
    const bucket = await objects.findBucket(request.req.param("bucket"));
    const file = await readIncomingFile(request.req.raw, {
      maxBytes: Math.min(bucket.file_size_limit ?? Infinity, context.maxBytes),
      allowedMimeTypes: bucket.allowed_mime_types,
    });
    const object = { bucketId: bucket.id, name, owner };
    await objects.mustBeAllowed(object);

    const version = randomUUID();
    await files.write(version, file.bytes);
    const metadata = {
      eTag: `"${createHash("md5").update(file.bytes).digest("hex")}"`,
      size: file.bytes.byteLength,
      mimetype: file.mimeType,
      cacheControl: file.cacheControl,
      lastModified: new Date().toISOString(),
      contentLength: file.bytes.byteLength,
      httpStatusCode: 200,
    };
    try {
      const { userMetadata } = file;
      const id = await objects.create({ ...object, version, metadata, userMetadata });
      return request.json({ Id: id, Key: `${bucket.id}/${name}` });
    } catch (error) {
      await files.remove(version);
      throw error;
    }
  });

  app.delete("/object/:bucket", async (request) => {
    const { prefixes } = await bodyOf(request, RemoveSchema);
    const { bucket } = request.req.param();
    const removed = await objects.remove(await askerOf(request), bucket, prefixes);
    await Promise.all(removed.map((object) => files.remove(object.version)));
    return request.json(removed);
  });

  app.notFound((request) => {
    throw notServed(request);
  });

  app.onError((error, request) => {
    if (error instanceof StorageRefusal) return request.json(error.body, error.status);
    context.report(`${request.req.method} of an object`, error);
    const internal = new StorageRefusal(500, "Internal", "InternalError", "Internal Server Error");
    return request.json(internal.body, 500);
  });

  async function download(request: Context, segments: number): Promise<Response> {
    const bucket = request.req.param("bucket") ?? "";
    const object = await findObject(await askerOf(request), bucket, nameIn(request, segments));
    return answerFile(object, await files.read(object.version), {
      download: request.req.query("download"),
    });
  }

  async function findObject(asker: Identity, bucket: string, name: string) {
    const [object] = await objects.find(asker, bucket, [name]);
    if (!object) throw REFUSALS.noSuchKey();
    return object;
  }

  async function askerOf(request: Context): Promise<Identity> {
    const token = request.req.header("authorization")?.replace(/^Bearer /i, "") ?? "";
    const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"] }).catch(() => {
      throw REFUSALS.invalidToken("jwt not accepted");
    });
    return { role: String(payload.role), claims: payload };
  }

  return app;
}

/** The service itself, past row level security. */
const SERVICE: Identity = { role: "service_role", claims: { role: "service_role" } };

function notServed(request: Context): StorageRefusal {
  return REFUSALS.notServed(`${request.req.method} ${new URL(request.req.url).pathname}`);
}

/** An object's name: what follows the first `segments` of the address. */
function nameIn(request: Context, segments: number): string {
  const parts = new URL(request.req.url).pathname.split("/").slice(segments + 1);
  try {
    return parts.map(decodeURIComponent).join("/");
  } catch {
    throw REFUSALS.invalidKey(parts.join("/"));
  }
}

async function bodyOf<Schema extends z.ZodType>(
  request: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await request.req.json().catch(() => null));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw REFUSALS.invalidBody(`body/${issue?.path.join("/")} ${issue?.message}`);
  }
  return parsed.data;
}
