import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { FeedForms } from "~/features/calendars/feed-forms";
import { NewFeedAddress } from "~/features/calendars/new-feed-address";
import { findFeed, makeFeed, revokeFeed } from "~/features/calendars/calendars.server";
import { limitMaking } from "~/features/calendars/limits.server";
import { getViewer, requireSignedIn } from "~/lib/auth.server";
import type { Db } from "~/lib/db.server";
import { getEnv } from "~/lib/env.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { calendarFeedPath, calendarSettingsPath, settingsPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your sessions in your calendar") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  return { madeAt: await findFeed(db), timeZone: profile.time_zone };
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(calendarSettingsPath())); // nothing was typed

  const form = await args.request.formData();
  if (form.get("intent") === "revoke") return revoke(viewer.db);
  return make(viewer.db, viewer.profile.id);
}

/** Answers with the address instead of a redirect: what is shown once is kept nowhere, not in a cookie either. */
async function make(db: Db, profileId: string) {
  if ((await limitMaking(profileId)) > 0) {
    return refuse("You made many addresses in a short time. Try again in an hour.", 429);
  }
  const token = await makeFeed(db);
  if (!token.ok) return refuse(token.error.message, token.error.status);
  return data({ address: getEnv().APP_ORIGIN + calendarFeedPath(token.value), refusal: null });
}

async function revoke(db: Db) {
  await revokeFeed(db);
  return redirectWithFlash(calendarSettingsPath(), {
    kind: "success",
    title: "The address no longer works.",
    description: "Calendars that used it show nothing new. You can remove it from them.",
  });
}

function refuse(message: string, status: number) {
  return data({ address: null, refusal: message }, { status });
}

export default function CalendarSettingsRoute() {
  const { madeAt, timeZone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        above={<a href={settingsPath()}>Settings</a>}
        title="Your sessions in your calendar"
        lead="Your calendar app can read your sessions from a private address. New ones appear by themselves, moved ones move, and cancelled ones are marked as cancelled."
      />
      <FormErrors id="refusal" errors={answer?.refusal ? [answer.refusal] : undefined} />
      {answer?.address ? <NewFeedAddress address={answer.address} /> : null}
      <FeedForms madeAt={madeAt} timeZone={timeZone} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
