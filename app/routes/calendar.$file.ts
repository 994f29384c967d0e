import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { feedFile, type FeedFile } from "~/features/calendars/calendar-files.server";
import { readFeed } from "~/features/calendars/calendars.server";
import { limitReads, limitWrongAddresses } from "~/features/calendars/limits.server";
import { createDb } from "~/lib/db.server";
import { parseParams } from "~/lib/params.server";

/** 32 bytes in base64url. The router knows no suffixes, so .ics is part of the parameter. */
const ParamsSchema = z.object({ file: z.string().regex(/^[\w-]{43}\.ics$/) });

/** A private calendar address. A calendar app reads it without signing in: the address is the secret. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const token = parseParams(params, ParamsSchema).file.slice(0, -".ics".length);

  const sessions = await readFeed(createDb(null), token);
  if (!sessions.ok) {
    await limitWrongAddresses(context.clientIp);
    throw new Response("Not found", { status: 404 });
  }
  await limitReads(token);
  return answer(feedFile(sessions.value), request);
}

function answer({ text, etag, lastModified }: FeedFile, request: Request): Response {
  const headers = new Headers({
    ETag: etag,
    "Cache-Control": "private, max-age=300",
    "X-Robots-Tag": "noindex",
    ...(lastModified && { "Last-Modified": lastModified }),
  });
  // A proxy that compresses on the way makes the tag a weak one.
  const known = request.headers.get("If-None-Match")?.split(/\s*,\s*/) ?? [];
  if (known.some((tag) => tag.replace(/^W\//, "") === etag)) {
    return new Response(null, { status: 304, headers });
  }

  headers.set("Content-Type", "text/calendar; charset=utf-8");
  headers.set("Content-Disposition", 'inline; filename="walkthrough.ics"');
  return new Response(text, { headers });
}
