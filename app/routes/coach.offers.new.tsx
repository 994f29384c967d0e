import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { OfferForm } from "~/features/offers/offer-form";
import { OFFER_FIELD_BY_CODE, OfferSchema } from "~/features/offers/offer-schema";
import { makeOffer } from "~/features/offers/own-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachOffersPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

export const meta: MetaFunction = () => [{ title: pageTitle("New offer") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePractice(args);
  const { answer_minutes: answerMinutes } = await getPlatformTerms(viewer.db);
  return { answerMinutes };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: OfferSchema });
  return answerForm(args, submission, {
    save: makeOffer,
    fieldByCode: OFFER_FIELD_BY_CODE,
    done: { path: coachOffersPath(), flash: { kind: "success", title: "Your offer is on sale." } },
  });
}

export default function NewOfferRoute() {
  const { answerMinutes } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="New offer"
      />
      <OfferForm
        lastResult={useActionData<typeof action>()}
        submitLabel="Put it on sale"
        answerMinutes={answerMinutes}
      />
    </DeskFormPage>
  );
}
