import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { Page, PageHeader } from "~/components/page";
import { readSettings, saveSettings } from "~/features/notifications/notifications.server";
import { findMailStop } from "~/features/notifications/mails.server";
import { MailStoppedSection } from "~/features/notifications/mail-stopped-section";
import { SettingsForm } from "~/features/notifications/settings-form";
import { NotificationSettingsSchema } from "~/features/notifications/settings-schema";
import { answerForm } from "~/features/practice/answer-form.server";
import { requireOnboarded } from "~/lib/auth.server";
import { formatZone } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { notificationSettingsPath, settingsPath } from "~/lib/paths";
import { FALLBACK_TIME_ZONE } from "~/lib/time-zone";

export const meta: MetaFunction = () => [{ title: pageTitle("How you are told") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireOnboarded(args);
  // Of somebody who was signed out while choosing nothing is known.
  const settings = profile ? await readSettings(db) : { groups: [], quietFrom: "", quietUntil: "" };
  const stop = profile ? await findMailStop(db) : null;
  return {
    ...settings,
    stop,
    zone: formatZone(new Date(), profile?.time_zone ?? FALLBACK_TIME_ZONE),
  };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), {
    schema: NotificationSettingsSchema,
  });
  return answerForm(args, submission, {
    save: saveSettings,
    fieldByCode: { NTQUI: "quiet_until" },
    done: { path: notificationSettingsPath(), flash: { kind: "success", title: "Saved." } },
  });
}

export default function NotificationSettingsRoute() {
  const { groups, stop, quietFrom, quietUntil, zone } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        above={<a href={settingsPath()}>Settings</a>}
        title="How you are told"
        lead="What comes by mail, what is shown here, and when it is quiet. There is no newsletter."
      />
      {stop ? <MailStoppedSection {...stop} /> : null}
      <SettingsForm
        groups={groups}
        quietFrom={quietFrom}
        quietUntil={quietUntil}
        zone={zone}
        lastResult={useActionData<typeof action>()}
      />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
