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

import { TimeSpan } from "~/components/date-time";
import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { findSession } from "~/features/bookings/bookings.server";
import { declineReasonSchema } from "~/features/bookings/decline-reason";
import { declineRequest } from "~/features/bookings/requests.server";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const DeclineSchema = z.object({ reason: declineReasonSchema() });

export const meta: MetaFunction = () => [{ title: pageTitle("Decline a request") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { bookingId, session: null };

  const session = await findSession(viewer.db, bookingId);
  if (session?.party !== "coach") throw new Response("Not found", { status: 404 });
  // Answered, withdrawn or expired: the session's page says which.
  if (session.status !== "requested" && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }
  return {
    bookingId,
    session: {
      title: session.offer_title,
      counterpart: session.counterpart_name,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      timeZone: session.time_zone,
      count: session.asked_count,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: DeclineSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const declined = await declineRequest(viewer.db, { bookingId, ...submission.value });
  if (!declined.ok) {
    return data(replyWithRefusal(submission, declined.error), { status: declined.error.status });
  }
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: "You declined the request.",
    description: "The time is free again.",
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function DeclineRoute() {
  const { bookingId, session } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ reason?: string }>({
    lastResult: useActionData<typeof action>(),
    // No maxLength: a browser would cut what is pasted without a word.
    constraint: { reason: { required: false } },
    defaultNoValidate: false,
  });
  return (
    <Page width="narrow">
      <PageHeader
        title="Decline this request?"
        lead={
          session ? (
            <>
              {session.title}
              <br />
              with {session.counterpart}
            </>
          ) : undefined
        }
      />
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        {session ? (
          <p>
            <TimeSpan start={session.startsAt} end={session.endsAt} timeZone={session.timeZone} />
            {session.count > 1
              ? `, and all the other sessions of this series of ${session.count}`
              : ""}
          </p>
        ) : null}
        <TextareaField
          field={fields.reason}
          label={session ? `A word to ${session.counterpart}` : "A word to them"}
          hint="They read it in their mail. Another day that suits you helps most."
          rows={3}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton variant="destructive" size="lg" pendingLabel="Declining…">
            Decline the request
          </SubmitButton>
          <Button asChild variant="outline" size="lg">
            <a href={bookingPath(bookingId)}>Back</a>
          </Button>
        </div>
      </Form>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
