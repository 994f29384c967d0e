import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { AnswerForm } from "~/features/messages/answer-form";
import { AnswerSchema } from "~/features/messages/message-schema";
import { listAnswers, saveAnswer } from "~/features/messages/saved-answers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { deleteAnswerPath, savedAnswerPath, savedAnswersPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Saved answers") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  // After a form was sent: what was typed is all there is to show.
  return { answers: coachId ? await listAnswers(viewer.db) : [] };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: AnswerSchema });
  return answerForm(args, submission, {
    save: saveAnswer,
    fieldByCode: { MSANT: "title", MSANW: "body" },
    done: { path: savedAnswersPath(), flash: { kind: "success", title: "Your answer is saved." } },
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function SavedAnswersRoute() {
  const { answers } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Saved answers"
        lead="What you say often. In a conversation you choose one, change what you like, and send it."
      />
      {answers.length === 0 ? (
        <EmptyState title="Nothing saved yet">
          Directions, what to bring, how you work: whatever you have typed three times.
        </EmptyState>
      ) : (
        <RowList>
          {answers.map(({ id, title, body }) => (
            <Row
              key={id}
              title={title}
              trail={
                <>
                  <Button asChild variant="outline" size="sm">
                    <a href={savedAnswerPath(id)}>
                      Change<span className="sr-only"> {title}</span>
                    </a>
                  </Button>
                  <Form method="post" action={deleteAnswerPath(id)}>
                    <SubmitButton
                      variant="ghost"
                      size="sm"
                      pendingLabel="Deleting…"
                      formTarget={deleteAnswerPath(id)}
                    >
                      Delete<span className="sr-only"> {title}</span>
                    </SubmitButton>
                  </Form>
                </>
              }
            >
              <p className="line-clamp-2 break-words">{body}</p>
            </Row>
          ))}
        </RowList>
      )}
      <Section title="A new answer">
        <AnswerForm lastResult={useActionData<typeof action>()} />
      </Section>
    </DeskFormPage>
  );
}
