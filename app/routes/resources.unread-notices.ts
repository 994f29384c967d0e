import type { LoaderFunctionArgs } from "@remix-run/node";

import { countUnread } from "~/features/messages/unread.server";
import { getViewer } from "~/lib/auth.server";
import { answerData, answerError, signedOutError } from "~/lib/resource-answer.server";

/** How many notices the reader has not read, for a page whose connection was broken. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return answerError(args.context.requestId, signedOutError(viewer.because));

  const { notices } = await countUnread(args.context, viewer.db);
  return answerData({ notices });
}
