import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { sessionsWords } from "~/features/packages/package-words";
import { endPackage, findSoldPackage } from "~/features/packages/packages.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachClientsPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ orderId: z.uuid() });

const EndSchema = z.object({
  expectedRefundCents: z.int({ error: "Look at the amount again." }),
  reason: textSchema().refine((reason) => reason.length <= 500, {
    error: "Say it in at most 500 characters.",
  }),
});

export const meta: MetaFunction = () => [{ title: pageTitle("End a package") }];

export async function loader(args: LoaderFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  // After a form was sent: what was typed is all there is to show.
  const sold = coachId ? await findSoldPackage(viewer.db, orderId) : null;
  if (coachId && !sold && args.context.method !== "POST") {
    throw new Response("Not found", { status: 404 });
  }
  if (!coachId && args.context.method !== "POST") throw redirect(coachClientsPath());
  return { sold };
}

export async function action(args: ActionFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: EndSchema });
  return answerForm(args, submission, {
    save: (db, { expectedRefundCents, reason }) =>
      endPackage(db, { orderId, expectedRefundCents, reason }),
    done: {
      path: coachClientsPath(),
      flash: {
        kind: "success",
        title: "The package has ended.",
        description: "Your client has been told, and gets back what was left of it.",
      },
    },
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function EndPackageRoute() {
  const { sold } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ expectedRefundCents: string; reason?: string }>({
    lastResult: useActionData<typeof action>(),
    // No maxLength: a browser would cut what is pasted without a word.
    constraint: { expectedRefundCents: { required: true }, reason: { required: false } },
    defaultNoValidate: false,
  });
  return (
    <DeskFormPage>
      <PageHeader
        title="End this package?"
        lead={
          sold ? (
            <>
              {sold.offer_title}
              <br />
              bought by {sold.client_name}
            </>
          ) : undefined
        }
      />
      {sold ? (
        <div className="mb-8 rounded-lg border border-l-4 border-l-lamp bg-card p-5 sm:p-6">
          <p className="font-display text-display-sm font-[550]">
            {formatMoney(sold.refund_cents, { alwaysCents: true })} goes back to {sold.client_name}.
          </p>
          <p className="mt-2 text-muted-foreground">
            That is what {sessionsWords(sold.credits_left)} cost that{" "}
            {sold.credits_left === 1 ? "is" : "are"} not booked yet. Sessions that are booked stay:
            cancel those you can’t hold by themselves.
          </p>
          {sold.payments_to_come > 0 ? (
            <p className="mt-2 text-muted-foreground">
              They pay in parts: nothing more is charged.
            </p>
          ) : null}
        </div>
      ) : null}
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        {/* What was sent before counts only while the page knows nothing newer. */}
        <input
          type="hidden"
          name={fields.expectedRefundCents.name}
          value={sold?.refund_cents ?? fields.expectedRefundCents.initialValue ?? ""}
        />
        <TextareaField
          field={fields.reason}
          label={sold ? `A word to ${sold.client_name}` : "A word to your client"}
          hint="They read it in their mail."
          rows={3}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton variant="destructive" size="lg" pendingLabel="Ending it…">
            End the package
          </SubmitButton>
          <Button asChild variant="outline" size="lg">
            <a href={coachClientsPath()}>Keep it</a>
          </Button>
        </div>
      </Form>
    </DeskFormPage>
  );
}
