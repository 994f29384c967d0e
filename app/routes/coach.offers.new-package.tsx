import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { OfferForm } from "~/features/offers/offer-form";
import { OFFER_FIELD_BY_CODE, OfferSchema } from "~/features/offers/offer-schema";
import { makePackage } from "~/features/offers/own-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachOffersPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

export const meta: MetaFunction = () => [{ title: pageTitle("New package") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePractice(args);
  const { answer_minutes: answerMinutes } = await getPlatformTerms(viewer.db);
  return { answerMinutes };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: OfferSchema });
  return answerForm(args, submission, {
    save: makePackage,
    fieldByCode: OFFER_FIELD_BY_CODE,
    done: {
      path: coachOffersPath(),
      flash: {
        kind: "success",
        title: "Your package is on sale.",
        description: "Clients find it on your page, with what each session costs.",
      },
    },
  });
}

export default function NewPackageRoute() {
  const { answerMinutes } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="New package"
        lead="Several sessions that a client pays for at once and books one by one. You are paid for each after it was held."
      />
      <OfferForm
        lastResult={useActionData<typeof action>()}
        defaultValue={{ durationMinutes: 60, sessionCount: 6, validMonths: 6 }}
        submitLabel="Put it on sale"
        kind="package"
        answerMinutes={answerMinutes}
      />
    </DeskFormPage>
  );
}
