import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { Page, PageHeader, Section } from "~/components/page";
import { Button } from "~/components/ui/button";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { ProfileForm } from "~/features/profiles/profile-form";
import { findCredentialNumber, findOwnEmail } from "~/features/profiles/profiles.server";
import { saveProfile } from "~/features/profiles/save-profile.server";
import { requireOnboarded } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import {
  billingPath,
  calendarSettingsPath,
  notificationSettingsPath,
  sentMailsPath,
  settingsPath,
} from "~/lib/paths";
import { FALLBACK_TIME_ZONE } from "~/lib/time-zone";

export const meta: MetaFunction = () => [{ title: pageTitle("Settings") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireOnboarded(args);
  const [email, credentialNumber, { states }] = await Promise.all([
    profile ? findOwnEmail(db) : null,
    profile ? findCredentialNumber(db, profile.kind) : "",
    getSearchChoices(db),
  ]);

  return {
    email,
    states,
    // Of somebody who was signed out while typing nothing is known; the form keeps what they typed.
    values: {
      kind: profile?.kind ?? undefined,
      firstName: profile?.first_name,
      lastName: profile?.last_name,
      homeState: profile?.home_state ?? undefined,
      company: profile?.company,
      credentialNumber,
      timeZone: profile?.time_zone ?? FALLBACK_TIME_ZONE,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  return saveProfile(args, {
    path: settingsPath(),
    flash: { kind: "success", title: "Saved." },
  });
}

export default function SettingsRoute() {
  const { email, states, values } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader title="Settings" />
      <ProfileForm
        lastResult={useActionData<typeof action>()}
        defaultValue={values}
        isZoneGuessed={false}
        states={states}
        submitLabel="Save changes"
      />
      <Section
        title="Your calendar"
        lead="Have your sessions appear in Google Calendar, Outlook or Apple Calendar by themselves."
        className="mt-16"
      >
        <Button asChild variant="outline">
          <a href={calendarSettingsPath()}>Connect your calendar</a>
        </Button>
      </Section>
      <Section
        title="Billing"
        lead="What you paid and what came back, with receipts and invoices, your memberships and your card."
        className="mt-16"
      >
        <Button asChild variant="outline">
          <a href={billingPath()}>See your billing</a>
        </Button>
      </Section>
      <Section title="How you are told" className="mt-16">
        {email ? (
          <p className="mb-5 text-muted-foreground">
            We write to <strong className="break-words text-foreground">{email}</strong>, the
            address you sign in with. Choose what comes by mail, what is shown here, and when it is
            quiet.
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3">
          <Button asChild variant="outline">
            <a href={notificationSettingsPath()}>Choose what comes</a>
          </Button>
          <Button asChild variant="outline">
            <a href={sentMailsPath()}>See the mail we sent you</a>
          </Button>
        </div>
      </Section>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
