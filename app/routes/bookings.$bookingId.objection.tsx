import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { findAttendance, objectToAttendance } from "~/features/meetings/attendance.server";
import { ObjectionForm } from "~/features/meetings/objection-form";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const ObjectionSchema = z.object({ words: textSchema() });

export const meta: MetaFunction = () => [{ title: pageTitle("Object to a decision") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { bookingId, sentence: null };

  const attendance = await findAttendance(viewer.db, bookingId);
  if (!attendance) throw new Response("Not found", { status: 404 });
  // Not theirs, or too late: the session's page says how it stands.
  if (!attendance.may_object && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }
  return { bookingId, sentence: attendance.sentence };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: ObjectionSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const objected = await objectToAttendance(viewer.db, { bookingId, ...submission.value });
  if (!objected.ok) {
    return data(replyWithRefusal(submission, objected.error, { MTWRD: "words" }), {
      status: objected.error.status,
    });
  }
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: "Your objection is with us.",
    description: "We look at it and write to both of you. No money moves until then.",
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function ObjectionRoute() {
  const { bookingId, sentence } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader title="It was otherwise" lead={sentence ?? undefined} />
      <ObjectionForm bookingId={bookingId} lastResult={lastResult} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
