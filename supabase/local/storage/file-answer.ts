import type { StoredObject } from "./objects.ts";

type Options = {
  /** Whether to save it, and as what; undefined is to show it. */
  download: string | undefined;
  /** When the address it was asked by expires. */
  expiresAt?: Date;
};

/** The bytes of an object with the headers that Supabase's Storage gives them. */
export function answerFile(object: StoredObject, bytes: Uint8Array, options: Options): Response {
  const { mimetype, eTag, cacheControl, lastModified } = object.metadata;
  const headers = new Headers({
    // As on the platform: no page of a stranger's runs in the name of the project.
    "content-type": mimetype.includes("text/html") ? "text/plain" : mimetype,
    "content-length": String(bytes.byteLength),
    etag: eTag,
    "last-modified": new Date(lastModified).toUTCString(),
  });
  if (options.expiresAt) headers.set("expires", options.expiresAt.toUTCString());
  else headers.set("cache-control", cacheControl);

  if (options.download !== undefined) {
    const name = encodeURIComponent(options.download);
    headers.set(
      "content-disposition",
      name ? `attachment; filename=${name}; filename*=UTF-8''${name};` : "attachment;",
    );
  }
  return new Response(new Uint8Array(bytes), { headers });
}
