import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { Button } from "~/components/ui/button";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { PracticeForm } from "~/features/coaches/practice-form";
import { PRACTICE_FIELD_BY_CODE, PracticeSchema } from "~/features/coaches/practice-schema";
import { findPractice, saveCoachProfile } from "~/features/coaches/practice.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requireOnboarded } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { coachDeskPath, coachPath } from "~/lib/paths";
import { FALLBACK_TIME_ZONE } from "~/lib/time-zone";

export const meta: MetaFunction = () => [{ title: pageTitle("Your coach profile") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireOnboarded(args);
  const [practice, choices] = await Promise.all([
    profile?.coach_id ? findPractice(db, profile.coach_id) : null,
    getSearchChoices(db),
  ]);

  return {
    choices,
    isNew: practice === null,
    publicPath: practice?.status === "approved" ? coachPath(practice.slug) : null,
    values: {
      headline: practice?.headline,
      bio: practice?.bio,
      states: practice?.states ?? (profile?.home_state ? [profile.home_state] : []),
      specialties: practice?.specialties ?? [],
      languages: practice?.languages ?? ["en"],
      yearsInBusiness: practice?.years_in_business ?? undefined,
      timeZone: practice?.time_zone ?? profile?.time_zone ?? FALLBACK_TIME_ZONE,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: PracticeSchema });
  return answerForm(args, submission, {
    save: saveCoachProfile,
    fieldByCode: PRACTICE_FIELD_BY_CODE,
    done: { path: coachDeskPath(), flash: { kind: "success", title: "Your profile is saved." } },
  });
}

export default function CoachProfileRoute() {
  const { choices, isNew, publicPath, values } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        title={isNew ? "Start your practice" : "Your profile"}
        lead={
          isNew
            ? "This becomes your public page. Nobody sees it before you apply and we have read it."
            : "What clients read before they book you."
        }
        actions={
          publicPath ? (
            <Button asChild variant="outline">
              <a href={publicPath}>See your public page</a>
            </Button>
          ) : null
        }
      />
      <PracticeForm
        lastResult={useActionData<typeof action>()}
        defaultValue={values}
        choices={choices}
        submitLabel={isNew ? "Save and continue" : "Save profile"}
      />
    </DeskFormPage>
  );
}
