import { randomUUID } from "node:crypto";

import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { z } from "zod";

import { Composer } from "~/features/messages/composer";
import { askForFilesAgain } from "~/features/messages/files-again";
import { readInboxPlace } from "~/features/messages/inbox-place";
import { LiveThread } from "~/features/messages/live-thread";
import { messageIdOf } from "~/features/messages/message-id.server";
import { joinWords } from "~/features/messages/join-words";
import { InsertSchema, MessageSchema } from "~/features/messages/message-schema";
import { readThread } from "~/features/messages/read-thread.server";
import { readUpload } from "~/features/messages/read-upload.server";
import { findAnswer } from "~/features/messages/saved-answers.server";
import { digestOf } from "~/features/messages/send-files.server";
import { writeMessage } from "~/features/messages/write-message.server";
import { getViewer, signedOutReply } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";

const ParamsSchema = z.object({ conversationId: z.uuid() });

const BeforeSchema = z.coerce.number().int().positive().nullable().catch(null);

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.thread?.counterpart.name ?? "Messages") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const before = BeforeSchema.parse(new URL(args.request.url).searchParams.get("before"));
  const thread = await readThread(args, conversationId, before);
  return { thread, isPast: before !== null, draftId: randomUUID() };
}

export async function action(args: ActionFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const { form, files } = await readUpload(args.request);
  const submission = parseWithZod(form, { schema: MessageSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) =>
      askForFilesAgain(submission.reply({ formErrors: [message] }), files),
    );
  }
  const insert = InsertSchema.safeParse(Object.fromEntries(form));
  if (insert.success) {
    const { answerId, body } = insert.data;
    const answer = await findAnswer(viewer.db, answerId);
    form.set("body", joinWords(body, answer?.body ?? ""));
    return data(askForFilesAgain(parseWithZod(form, { schema: MessageSchema }).reply(), files));
  }
  if (submission.status !== "success") {
    return data(askForFilesAgain(submission.reply(), files), { status: 400 });
  }

  const { draftId, body } = submission.value;
  const written = await writeMessage(viewer.db, {
    id: messageIdOf(draftId, [body, ...files.map(digestOf)].join("\n")),
    conversationId,
    body,
    files,
  });
  if (!written.ok) {
    const { error } = written;
    const reply =
      error.code === "file"
        ? submission.reply({ fieldErrors: { files: [error.message] } })
        : replyWithRefusal(submission, error, { MSBOD: "body", MSTEN: "files", MSGON: "files" });
    return data(askForFilesAgain(reply, files), { status: error.status });
  }
  return redirect(
    conversationPath(conversationId, readInboxPlace(new URL(args.request.url).searchParams)),
  );
}

export default function ConversationRoute() {
  const { thread, isPast, draftId } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { conversationId = "" } = useParams();

  // Signed out while writing: the words stay, and can be sent from here after signing in again.
  if (!thread) return <Composer lastResult={lastResult} draftId={draftId} name="them" />;
  return (
    <LiveThread
      // Another thread has other messages on their way, and of another person others are their own.
      key={`${conversationId} ${thread.viewerId}`}
      thread={thread}
      conversationId={conversationId}
      isPast={isPast}
      draftId={draftId}
      lastResult={lastResult}
    />
  );
}
