import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { LiveMessageSchema } from "~/features/messages/message-schema";
import { readChanged } from "~/features/messages/read-thread.server";
import { readUpload } from "~/features/messages/read-upload.server";
import { writeMessage } from "~/features/messages/write-message.server";
import { getViewer } from "~/lib/auth.server";
import { parseParams } from "~/lib/params.server";
import { answerData, answerError, signedOutError } from "~/lib/resource-answer.server";

const ParamsSchema = z.object({ conversationId: z.uuid() });

const NOT_FOUND = {
  code: "not_found",
  message: "This conversation does not exist.",
  status: 404,
};

const MALFORMED = { code: "malformed", message: "Write a message first.", status: 400 };

const OTHER_WRITER = {
  code: "other_writer",
  message:
    "Not sent: somebody else has signed in here, in another tab. Sign in as yourself, then send it again.",
  status: 409,
};

const AfterSchema = z.coerce.number().int().nonnegative().catch(0);

const EventsFromSchema = z.coerce.number().int().nonnegative().nullable().catch(null);

/** Gives the page of a thread what it does not have yet. */
export async function loader(args: LoaderFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const query = new URL(args.request.url).searchParams;
  const after = AfterSchema.parse(query.get("after"));
  const eventsFrom = EventsFromSchema.parse(query.get("events_from"));
  const { requestId } = args.context;

  const viewer = await getViewer(args);
  if (!viewer.signedIn) return answerError(requestId, signedOutError(viewer.because));

  const changed = await readChanged(viewer, conversationId, after, eventsFrom);
  return changed ? answerData(changed) : answerError(requestId, NOT_FOUND);
}

/** Takes a message from the page of its thread without leaving it. */
export async function action(args: ActionFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const { requestId } = args.context;

  const viewer = await getViewer(args);
  if (!viewer.signedIn) return answerError(requestId, signedOutError(viewer.because));

  const { form, files } = await readUpload(args.request);
  const submission = parseWithZod(form, { schema: LiveMessageSchema });
  if (submission.status !== "success") return answerError(requestId, MALFORMED);

  const { id, body, writerId } = submission.value;
  if (writerId !== viewer.profile.id) return answerError(requestId, OTHER_WRITER);
  const written = await writeMessage(viewer.db, { id, conversationId, body, files });
  return written.ok ? answerData({ id, seq: written.seq }) : answerError(requestId, written.error);
}
