import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { OfferForm } from "~/features/offers/offer-form";
import { OFFER_FIELD_BY_CODE, OfferSchema } from "~/features/offers/offer-schema";
import { makeGroupSession } from "~/features/offers/own-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachOffersPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("New group session") }];

export async function loader(args: LoaderFunctionArgs) {
  await requirePractice(args);
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: OfferSchema });
  return answerForm(args, submission, {
    save: makeGroupSession,
    fieldByCode: OFFER_FIELD_BY_CODE,
    done: {
      path: coachOffersPath(),
      flash: {
        kind: "success",
        title: "Your group session is on sale.",
        description: "Schedule its first date, so that clients can take a seat.",
      },
    },
  });
}

export default function NewGroupSessionRoute() {
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="New group session"
        lead="Several clients at once, at dates that you schedule. Each takes and pays for a seat."
      />
      <OfferForm
        lastResult={useActionData<typeof action>()}
        defaultValue={{ durationMinutes: 90, seats: 8 }}
        submitLabel="Put it on sale"
        kind="group_session"
      />
    </DeskFormPage>
  );
}
