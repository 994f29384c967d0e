import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData, useParams } from "@remix-run/react";
import { z } from "zod";

import { WordsForm } from "~/components/words-form";
import { findConversation } from "~/features/messages/conversations.server";
import { findMessage } from "~/features/messages/messages.server";
import { hasReported, report } from "~/features/moderation/moderation.server";
import { getViewer, requireOnboarded, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ conversationId: z.uuid() });

/** Which message; null for the conversation as a whole. */
const MessageIdSchema = z.uuid().nullable().catch(null);

const ReportSchema = z.object({ words: textSchema("Say what is wrong with it.") });

export const meta: MetaFunction = () => [{ title: pageTitle("Report a conversation") }];

export async function loader(args: LoaderFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const messageId = readMessageId(args.request);
  const viewer = await requireOnboarded(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { body: null, isMessage: messageId !== null, isReported: false };

  const [conversation, message, isReported] = await Promise.all([
    findConversation(viewer.db, conversationId),
    messageId ? findMessage(viewer.db, conversationId, messageId) : null,
    hasReported(viewer.db, messageId ?? conversationId),
  ]);
  const isOwn = message?.sender_id === viewer.profile.id;
  if (!conversation || (messageId && !message) || isOwn) {
    throw new Response("Not found", { status: 404 });
  }
  return { body: message?.body ?? null, isMessage: messageId !== null, isReported };
}

export async function action(args: ActionFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const messageId = readMessageId(args.request);
  const submission = parseWithZod(await args.request.formData(), { schema: ReportSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const reported = await report(viewer.db, {
    subject: messageId ? "message" : "conversation",
    subjectId: messageId ?? conversationId,
    reason: submission.value.words,
  });
  if (!reported.ok) {
    return data(replyWithRefusal(submission, reported.error, { RPWRD: "words" }), {
      status: reported.error.status,
    });
  }
  return redirectWithFlash(conversationPath(conversationId), {
    kind: "success",
    title: "Thank you for telling us.",
    description: "A person of our team reads it, decides, and writes to you.",
  });
}

function readMessageId(request: Request): string | null {
  return MessageIdSchema.parse(new URL(request.url).searchParams.get("message"));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

/** Beside the inbox, where the thread was: why a message, or all of it, should not stay. */
export default function ReportConversationRoute() {
  const { body, isMessage, isReported } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { conversationId = "" } = useParams();
  return (
    <div className="space-y-6 overflow-y-auto p-4 sm:p-6">
      <div className="space-y-2">
        <h1 className="text-display-sm">
          {isMessage ? "Report this message" : "Report this conversation"}
        </h1>
        <Link to={conversationPath(conversationId)} className="text-link">
          Back to the conversation
        </Link>
      </div>
      {body ? (
        <blockquote className="whitespace-pre-wrap break-words border-l-4 pl-4">{body}</blockquote>
      ) : null}
      {isReported && !lastResult ? (
        <p>You have reported this. We write to you once it is decided.</p>
      ) : (
        <WordsForm
          lastResult={lastResult}
          label="What is wrong with it?"
          hint="Our team reads it, and what was said here. Nobody learns who reported it."
          button={["Send report", "Sending…"]}
        />
      )}
    </div>
  );
}
