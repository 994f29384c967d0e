import { randomUUID } from "node:crypto";

import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { findCoachName } from "~/features/coaches/coach-name.server";
import { FirstMessageSchema } from "~/features/messages/message-schema";
import { writeFirst } from "~/features/messages/write-first.server";
import { getViewer, requireOnboarded, signedOutReply } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import {
  coachMessagePath,
  coachPath,
  conversationPath,
  signInPath,
  welcomePath,
} from "~/lib/paths";

const ParamsSchema = z.object({ slug: z.string() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Write to ${page.coach.name}` : "Not found") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug } = parseParams(args.params, ParamsSchema);
  const { db } = await requireOnboarded(args);
  const coach = await findCoachName(db, slug);
  if (!coach) throw new Response("Not found", { status: 404 });
  return { slug, coach, draftId: randomUUID() };
}

/** Takes the form below, and the button on a coach's page, which carries no words. */
export async function action(args: ActionFunctionArgs) {
  const { slug } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: FirstMessageSchema });
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { body } = submission.value;
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    if (!body) return redirect(signInPath(coachMessagePath(slug)));
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  const coach = await findCoachName(viewer.db, slug);
  if (!coach) throw new Response("Not found", { status: 404 });

  const started = await writeFirst(viewer.db, coach.id, submission.value);
  if (started.ok) return redirect(conversationPath(started.value));
  if (started.error.code === "UPONB" && !body) return redirect(welcomePath(coachMessagePath(slug)));
  return data(replyWithRefusal(submission, started.error, { MSBOD: "body" }), {
    status: started.error.status,
  });
}

export default function WriteToCoachRoute() {
  const { slug, coach, draftId } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ body: string }>({
    lastResult: useActionData<typeof action>(),
    constraint: { body: { required: true } },
    defaultNoValidate: false,
  });

  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={coachPath(slug)} className="text-link">
            {coach.name}
          </a>
        }
        title={`Write to ${coach.name}`}
        lead="Say what is coming up, and ask what you want to know before you book. It costs nothing."
      />
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        <input type="hidden" name="draftId" value={draftId} />
        <TextareaField field={fields.body} label="Your message" rows={6} />
        <SubmitButton size="lg" pendingLabel="Sending…">
          Send message
        </SubmitButton>
      </Form>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
