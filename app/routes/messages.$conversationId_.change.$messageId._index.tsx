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

import { ChangeMessage } from "~/features/messages/change-message";
import { EditSchema } from "~/features/messages/message-schema";
import { editMessage, findMessageToChange } from "~/features/messages/messages.server";
import { getViewer, requireOnboarded, signedOutReply } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";

const ParamsSchema = z.object({ conversationId: z.uuid(), messageId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Change a message") }];

export async function loader(args: LoaderFunctionArgs) {
  const { conversationId, messageId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireOnboarded(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { message: null };

  const message = await findMessageToChange(viewer.db, messageId);
  const isHere = message?.conversation_id === conversationId;
  if (!isHere && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  return { message: isHere ? message : null };
}

export async function action(args: ActionFunctionArgs) {
  const { conversationId, messageId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: EditSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const edited = await editMessage(viewer.db, messageId, submission.value.body);
  if (!edited.ok) {
    return data(replyWithRefusal(submission, edited.error, { MSBOD: "body" }), {
      status: edited.error.status,
    });
  }
  return redirect(conversationPath(conversationId));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

/** Beside the inbox, where the thread was: a message of one's own, to change it or take it back. */
export default function ChangeMessageRoute() {
  const { message } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { conversationId = "", messageId = "" } = useParams();
  return (
    <ChangeMessage
      conversationId={conversationId}
      messageId={messageId}
      message={message}
      lastResult={lastResult}
    />
  );
}
