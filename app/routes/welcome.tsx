import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PRODUCT_NAME } from "~/components/logo";
import { Page, PageHeader } from "~/components/page";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { ProfileForm } from "~/features/profiles/profile-form";
import { saveProfile } from "~/features/profiles/save-profile.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { requireProfile } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { coachesPath } from "~/lib/paths";
import { readTimeZone } from "~/lib/time-zone.server";

export const meta: MetaFunction = () => [{ title: pageTitle("Who you are") }];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireProfile(args);
  if (viewer.profile?.onboarded_at && args.context.method !== "POST") {
    throw redirect(redirectToOf(args.request, coachesPath()));
  }
  const { timeZone, source } = readTimeZone(args.request, viewer);
  const { states } = await getSearchChoices(viewer.db);
  return { states, timeZone, isZoneGuessed: source === "guess" };
}

export async function action(args: ActionFunctionArgs) {
  return saveProfile(args, {
    path: redirectToOf(args.request, coachesPath()),
    flash: { kind: "success", title: "You’re all set." },
  });
}

export default function WelcomeRoute() {
  const { states, timeZone, isZoneGuessed } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        title={`Welcome to ${PRODUCT_NAME}`}
        lead="Tell us who you are, so that coaches know whom they meet. It takes a minute, and you can change it later."
      />
      <ProfileForm
        lastResult={useActionData<typeof action>()}
        defaultValue={{ timeZone }}
        isZoneGuessed={isZoneGuessed}
        states={states}
        submitLabel="Save and continue"
      />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
