import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";

import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { disconnect } from "~/features/calendly/calendly.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { getViewer } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { coachCalendlyDisconnectPath, coachCalendlyPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Disconnect Calendly") }];

export async function loader(args: LoaderFunctionArgs) {
  const { coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachCalendlyDisconnectPath())); // nothing was typed
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(coachCalendlyDisconnectPath()));

  const gone = await disconnect(viewer.db);
  if (!gone.ok) return data({ message: gone.error.message }, { status: gone.error.status });
  return redirectWithFlash(coachCalendlyPath(), {
    kind: "success",
    title: "Your Calendly account is disconnected.",
  });
}

export default function DisconnectCalendlyRoute() {
  const refusal = useActionData<typeof action>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Disconnect Calendly?"
        lead="We forget when you are busy there, and end our access to your account. Sessions that are booked stay."
      />
      <Form method="post" className="space-y-6">
        <FormErrors id="refusal" errors={refusal ? [refusal.message] : undefined} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton variant="destructive" pendingLabel="Disconnecting…">
            Disconnect
          </SubmitButton>
          <Button asChild variant="outline">
            <a href={coachCalendlyPath()}>Keep it</a>
          </Button>
        </div>
      </Form>
    </DeskFormPage>
  );
}
