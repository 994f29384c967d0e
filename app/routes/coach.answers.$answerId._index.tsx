import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { PageHeader } from "~/components/page";
import { AnswerForm } from "~/features/messages/answer-form";
import { AnswerSchema } from "~/features/messages/message-schema";
import { findAnswer, saveAnswer } from "~/features/messages/saved-answers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { savedAnswersPath } from "~/lib/paths";

const ParamsSchema = z.object({ answerId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Change a saved answer") }];

export async function loader(args: LoaderFunctionArgs) {
  const { answerId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  const answer = coachId ? await findAnswer(viewer.db, answerId) : null;
  // After a form was sent, what was typed is kept, whatever became of the answer.
  if (!answer && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  return { answer };
}

export async function action(args: ActionFunctionArgs) {
  const { answerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: AnswerSchema });
  return answerForm(args, submission, {
    save: (db, answer) => saveAnswer(db, { id: answerId, ...answer }),
    fieldByCode: { MSANT: "title", MSANW: "body" },
    done: {
      path: savedAnswersPath(),
      flash: { kind: "success", title: "Your answer is changed." },
    },
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function SavedAnswerRoute() {
  const { answer } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={savedAnswersPath()} className="text-link">
            Saved answers
          </a>
        }
        title="Change a saved answer"
      />
      <AnswerForm lastResult={useActionData<typeof action>()} answer={answer ?? undefined} />
    </DeskFormPage>
  );
}
