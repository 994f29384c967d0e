import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { sdkPass } from "~/features/meetings/meetings.server";
import { getViewer } from "~/lib/auth.server";
import { answerData, answerError, signedOutError } from "~/lib/resource-answer.server";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const NOT_FOUND = { code: "OBNFD", message: "This booking does not exist.", status: 404 };

/**
 * What a browser needs to join inside the page, for the two parties while the door is open. Off
 * unless the environment names an SDK app: the join link is the way in.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { requestId } = args.context;
  const params = ParamsSchema.safeParse(args.params);
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return answerError(requestId, signedOutError(viewer.because));
  if (!params.success) return answerError(requestId, NOT_FOUND);

  const pass = await sdkPass(viewer.db, params.data.bookingId);
  if (!pass) return answerError(requestId, NOT_FOUND);
  return pass.ok ? answerData(pass.value) : answerError(requestId, pass.error);
}
