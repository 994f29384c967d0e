import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { PageHeader, Section } from "~/components/page";
import { findUnpaid, findUnwritten } from "~/features/calendly/booked-there.server";
import { findChoices, findConnection, saveChoices } from "~/features/calendly/calendly.server";
import { ChoicesForm } from "~/features/calendly/choices-form";
import { CalendlyChoicesSchema } from "~/features/calendly/choices-schema";
import { ConnectForm } from "~/features/calendly/connect-form";
import { ConnectionCard } from "~/features/calendly/connection-card";
import { UnpaidList } from "~/features/calendly/unpaid-list";
import { UnwrittenList } from "~/features/calendly/unwritten-list";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachCalendlyPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

export const meta: MetaFunction = () => [{ title: pageTitle("Calendly") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  const terms = await getPlatformTerms(viewer.db);
  if (!coachId) return { connection: null, offers: [], unpaid: [], unwritten: [], terms, timeZone };

  const [connection, offers, unpaid, unwritten] = await Promise.all([
    findConnection(viewer.db),
    findChoices(viewer.db, coachId),
    findUnpaid(viewer.db),
    findUnwritten(viewer.db),
  ]);
  return { connection, offers, unpaid, unwritten, terms, timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: CalendlyChoicesSchema });
  return answerForm(args, submission, {
    save: saveChoices,
    done: { path: coachCalendlyPath(), flash: { kind: "success", title: "Saved." } },
  });
}

export default function CalendlyRoute() {
  const { connection, offers, unpaid, unwritten, terms, timeZone } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <DeskFormPage>
      <PageHeader
        title="Calendly"
        lead="Keep the calendar you have. What is taken there can’t be booked here."
      />
      {connection ? (
        <>
          <ConnectionCard connection={connection} timeZone={timeZone} />
          {unwritten.length > 0 ? (
            <Section
              title="Not in your Calendly"
              lead="Booked here. We try again every ten minutes."
            >
              <UnwrittenList sessions={unwritten} timeZone={timeZone} />
            </Section>
          ) : null}
          {unpaid.length > 0 ? (
            <Section title="Booked there, not paid yet">
              <UnpaidList bookings={unpaid} timeZone={timeZone} />
            </Section>
          ) : null}
          <Section title="How it is used">
            <ChoicesForm
              lastResult={lastResult}
              whenStale={connection.when_stale}
              intake={connection.intake}
              offers={offers}
              payMinutes={terms.calendly_pay_minutes}
              staleMinutes={terms.calendar_stale_minutes}
            />
          </Section>
        </>
      ) : (
        <EmptyState
          title="No account is connected"
          action={<ConnectForm label="Connect with Calendly" />}
        >
          <p>
            Once you allow it at Calendly, we read every ten minutes when you are busy, in all
            calendars that Calendly checks for conflicts. We see the times, not what they are about.
          </p>
        </EmptyState>
      )}
    </DeskFormPage>
  );
}
