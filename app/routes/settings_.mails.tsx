import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Button } from "~/components/ui/button";
import { MailList } from "~/features/notifications/mail-list";
import { MailStoppedSection } from "~/features/notifications/mail-stopped-section";
import { findMailStop, listMails } from "~/features/notifications/mails.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { notificationSettingsPath, sentMailsPath, settingsPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Mail we sent you") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  const page = readPage(args.request);
  const [stop, mails] = await Promise.all([findMailStop(db), listMails(db, page)]);
  return { page, stop, timeZone: profile.time_zone, ...mails };
}

export default function SentMailsRoute() {
  const { page, stop, mails, hasNext, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        above={<a href={settingsPath()}>Settings</a>}
        title="Mail we sent you"
        lead="Every mail, and what became of it. We keep what it was called, not what it said."
        actions={
          <Button asChild variant="outline">
            <a href={notificationSettingsPath()}>Choose what comes</a>
          </Button>
        }
      />
      {stop ? <MailStoppedSection {...stop} /> : null}
      {mails.length > 0 ? (
        <MailList mails={mails} timeZone={timeZone} />
      ) : (
        <EmptyState title="Nothing yet">What we mail to you is listed here.</EmptyState>
      )}
      <Pagination page={page} hasNext={hasNext} toPage={sentMailsPath} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
