import { parseWithZod } from "@conform-to/zod/v4";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { PageHeader } from "~/components/page";
import { OfferForm } from "~/features/offers/offer-form";
import { offerFormValues, OFFER_FIELD_BY_CODE, OfferSchema } from "~/features/offers/offer-schema";
import { changeOffer, findOwnOffer } from "~/features/offers/own-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { changeMembershipOfferPath, coachOffersPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

const ParamsSchema = z.object({ offerId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Change an offer") }];

export async function loader(args: LoaderFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  const [offer, { answer_minutes: answerMinutes }] = await Promise.all([
    coachId ? findOwnOffer(viewer.db, coachId, offerId) : null,
    getPlatformTerms(viewer.db),
  ]);
  // After a post the offer may just have been changed from another tab: the answer is in the form.
  if (!offer && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  if (offer?.kind === "membership") throw redirect(changeMembershipOfferPath(offerId));
  return { values: offer ? offerFormValues(offer) : {}, kind: offer?.kind, answerMinutes };
}

export async function action(args: ActionFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: OfferSchema });
  return answerForm(args, submission, {
    save: (db, offer) => changeOffer(db, offerId, offer),
    fieldByCode: OFFER_FIELD_BY_CODE,
    done: {
      path: coachOffersPath(),
      flash: {
        kind: "success",
        title: "Changed.",
        description: "It counts from the next booking on.",
      },
    },
  });
}

export default function ChangeOfferRoute() {
  const { values, kind, answerMinutes } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="Change an offer"
        lead={
          kind === "group_session"
            ? "Dates that are scheduled keep their length and their seats. Seats are sold at the new price from now on."
            : kind === "package"
              ? "Packages that were bought stay as they are: what is left of them is booked as it was sold."
              : "Sessions that are booked already keep the name, length and price they were bought with."
        }
      />
      <OfferForm
        lastResult={useActionData<typeof action>()}
        defaultValue={values}
        submitLabel="Save offer"
        answerMinutes={answerMinutes}
        {...(kind && { kind })}
      />
    </DeskFormPage>
  );
}
