import type { JSONValue } from "postgres";

import { REFUSALS } from "./refusal.ts";

export type IncomingFile = {
  bytes: Uint8Array;
  mimeType: string;
  cacheControl: string;
  /** What the uploader says of it. */
  userMetadata: JSONValue;
};

type Limits = { maxBytes: number; allowedMimeTypes: string[] | null };

/** What a form has around its file: boundaries, headers, small fields. */
const FORM_ALLOWANCE = 64 * 1024;

/**
 * Reads the file of an upload: one part of a form, or the whole body.
 * @throws StorageRefusal when it is too large, of another type than those allowed, or missing
 */
export async function readIncomingFile(request: Request, limits: Limits): Promise<IncomingFile> {
  const contentType = request.headers.get("content-type") ?? "application/octet-stream";
  const isForm = contentType.startsWith("multipart/form-data");
  const file = isForm
    ? await readForm(request, contentType, limits)
    : {
        bytes: await readBytes(request, limits.maxBytes),
        mimeType: contentType,
        cacheControl: request.headers.get("cache-control") ?? "no-cache",
        userMetadata: parseMetadata(
          Buffer.from(request.headers.get("x-metadata") ?? "", "base64").toString(),
        ),
      };

  if (limits.allowedMimeTypes && !isAllowed(file.mimeType, limits.allowedMimeTypes)) {
    throw REFUSALS.invalidMimeType(file.mimeType);
  }
  return file;
}

async function readForm(request: Request, contentType: string, limits: Limits) {
  const body = await readBytes(request, limits.maxBytes + FORM_ALLOWANCE);
  const response = new Response(body, { headers: { "content-type": contentType } });
  const form = await response.formData().catch(() => {
    throw REFUSALS.noContent();
  });

  const file = [...form.values()].find((value) => typeof value !== "string");
  if (!file) throw REFUSALS.noContent();
  if (file.size > limits.maxBytes) throw REFUSALS.tooLarge();
  const seconds = form.get("cacheControl");
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    mimeType: textOf(form.get("contentType")) ?? file.type,
    cacheControl: typeof seconds === "string" ? `max-age=${seconds}` : "no-cache",
    userMetadata: parseMetadata(textOf(form.get("metadata")) ?? ""),
  };
}

/** As on the platform, what is no JSON is nothing. */
function parseMetadata(text: string): JSONValue {
  try {
    return JSON.parse(text) as JSONValue;
  } catch {
    return {};
  }
}

/** Reads to the end even when it is too much: a client hears nothing while it is still sending. */
async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  await request.body?.pipeTo(
    new WritableStream<Uint8Array>({
      write(chunk) {
        size += chunk.byteLength;
        if (size <= maxBytes) chunks.push(chunk);
      },
    }),
  );
  if (size > maxBytes) throw REFUSALS.tooLarge();
  return new Uint8Array(Buffer.concat(chunks));
}

function textOf(value: FormDataEntryValue | null): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** As on the platform, what follows a type's name (`;charset=utf-8`) makes it another. */
function isAllowed(mimeType: string, allowed: string[]): boolean {
  const [type] = mimeType.split("/");
  return allowed.some((other) => other === mimeType || other === `${type}/*`);
}
