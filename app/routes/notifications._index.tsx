import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { NoticeList } from "~/features/notifications/notice-list";
import { listNotices, markNoticesRead } from "~/features/notifications/notifications.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { notificationSettingsPath, notificationsPath, sessionsPath } from "~/lib/paths";

const UntilSchema = z.iso.datetime({ offset: true });

export const meta: MetaFunction = () => [{ title: pageTitle("Notifications") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  const page = readPage(args.request);
  return { page, timeZone: profile.time_zone, ...(await listNotices(db, page)) };
}

/** Marks all as read that the page showed, or that are older. */
export async function action(args: ActionFunctionArgs) {
  const { db } = await requireSignedIn(args);
  const until = UntilSchema.safeParse((await args.request.formData()).get("until"));
  if (until.success) await markNoticesRead(db, until.data);
  return redirect(notificationsPath());
}

export default function NotificationsRoute() {
  const { page, notices, hasNext, timeZone } = useLoaderData<typeof loader>();
  const [newest] = notices;
  return (
    <Page width="narrow">
      <PageHeader
        title="Notifications"
        actions={
          <>
            {page === 1 && newest && notices.some(({ isRead }) => !isRead) ? (
              <Form method="post">
                <input type="hidden" name="until" value={newest.sentAt} />
                <SubmitButton variant="outline" pendingLabel="Marking…">
                  Mark all as read
                </SubmitButton>
              </Form>
            ) : null}
            <Button asChild variant="outline">
              <a href={notificationSettingsPath()}>Choose what comes</a>
            </Button>
          </>
        }
      />
      {notices.length > 0 ? (
        <NoticeList notices={notices} timeZone={timeZone} />
      ) : (
        <EmptyState
          title="Nothing yet"
          action={
            <Button asChild>
              <a href={sessionsPath()}>See your sessions</a>
            </Button>
          }
        >
          What happens to your sessions, payments and reviews is told here.
        </EmptyState>
      )}
      <Pagination page={page} hasNext={hasNext} toPage={notificationsPath} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
