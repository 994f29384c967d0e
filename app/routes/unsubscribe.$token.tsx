import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import {
  readUnsubscribe,
  resubscribe,
  unsubscribe,
  type MailGroup,
} from "~/features/notifications/unsubscribe.server";
import { createDb } from "~/lib/db.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { notificationSettingsPath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

const ParamsSchema = z.object({ token: z.string().regex(/^[\w-]{64}$/) });

export const meta: MetaFunction = () => [
  { title: pageTitle("Stop mails") },
  { name: "robots", content: "noindex" },
];

/** Only looks: scanners of mail follow every link. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { token } = parseParams(params, ParamsSchema);
  const groups = await readUnsubscribe(createDb(null), token);
  if (!groups.ok) throw new Response("Not found", { status: 404 });
  return { groups: groups.value };
}

/**
 * Stops them, for the button of the page and for a mail program's own, which sends no cookie and no Origin
 * and takes 200 for an answer, no redirect (RFC 8058 §3.2). The address alone says who and what. With
 * `again` it is undone.
 */
export async function action({ params, request }: ActionFunctionArgs) {
  const { token } = parseParams(params, ParamsSchema);
  // A mail program's body says nothing that the address doesn't, in whatever form it comes.
  const form = await request.formData().catch(() => null);
  const again = form?.get("again");

  const db = createDb(null);
  if (typeof again === "string") {
    const undone = await resubscribe(db, token, again);
    if (!undone.ok) throw new Response(undone.error.message, { status: undone.error.status });
    return data({ before: null });
  }
  const before = await unsubscribe(db, token);
  if (!before.ok) throw new Response("Not found", { status: 404 });
  return data({ before: before.value });
}

export default function UnsubscribeRoute() {
  const { groups } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const stopped = answer?.before?.filter(({ mail }) => mail !== "never") ?? [];
  const shown = stopped.length > 0 ? stopped : groups;
  const names = shown.map(({ title }) => title).join(", ");
  const isStopped = groups.every(({ mail }) => mail === "never");

  return (
    <Page width="narrow">
      {isStopped ? (
        <>
          <PageHeader
            title={names ? "These mails are stopped" : "There is nothing to stop"}
            lead={
              names
                ? `You get no mail about: ${names}. What happens is still shown in your notifications.`
                : "Nothing comes to you in a summary now."
            }
          />
          {names ? <Again groups={shown.map(comeBack)} /> : null}
        </>
      ) : (
        <>
          <PageHeader
            title={answer ? "They come again" : "Stop these mails?"}
            lead={`About: ${names}. Mails about bookings and money always come: we have to send those in writing.`}
          />
          <Form method="post" reloadDocument>
            <SubmitButton variant={answer ? "outline" : "default"} pendingLabel="Stopping…">
              Stop these mails
            </SubmitButton>
          </Form>
        </>
      )}
      <p className="mt-8 text-muted-foreground">
        <a href={notificationSettingsPath()} className="text-link">
          Change what you get
        </a>
        , after signing in.
      </p>
    </Page>
  );
}

function Again({ groups }: { groups: MailGroup[] }) {
  return (
    <Form method="post" reloadDocument>
      <input
        type="hidden"
        name="again"
        value={JSON.stringify(groups.map(({ group_name, mail }) => ({ group_name, mail })))}
      />
      <SubmitButton variant="outline" pendingLabel="Undoing…">
        Undo: send them again
      </SubmitButton>
    </Form>
  );
}

/** How mails of a group come when it is undone: as before, or at once where that is not known. */
function comeBack(group: MailGroup): MailGroup {
  return { ...group, mail: group.mail === "never" ? "at_once" : group.mail };
}

export { ErrorBoundary } from "~/components/error-boundary";
