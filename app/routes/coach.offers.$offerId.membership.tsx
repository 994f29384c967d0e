import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { PageHeader } from "~/components/page";
import { MembershipOfferForm } from "~/features/memberships/membership-offer-form";
import {
  MEMBERSHIP_OFFER_FIELD_BY_CODE,
  membershipOfferFormValues,
  MembershipOfferSchema,
} from "~/features/memberships/membership-offer-schema";
import {
  changeMembershipOffer,
  findOwnMembershipOffer,
} from "~/features/memberships/membership-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachOffersPath } from "~/lib/paths";

const ParamsSchema = z.object({ offerId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Change a membership") }];

export async function loader(args: LoaderFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  const offer = coachId ? await findOwnMembershipOffer(viewer.db, coachId, offerId) : null;
  // After a post the offer may just have been changed from another tab: the answer is in the form.
  if (!offer && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  return { values: offer ? membershipOfferFormValues(offer) : {} };
}

export async function action(args: ActionFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: MembershipOfferSchema });
  return answerForm(args, submission, {
    save: (db, offer) => changeMembershipOffer(db, offerId, offer),
    fieldByCode: MEMBERSHIP_OFFER_FIELD_BY_CODE,
    done: {
      path: coachOffersPath(),
      flash: {
        kind: "success",
        title: "Changed.",
        description: "It counts for whoever subscribes from now on.",
      },
    },
  });
}

export default function ChangeMembershipRoute() {
  const { values } = useLoaderData<typeof loader>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="Change a membership"
        lead="Who has it already keeps what they subscribed to, at its price."
      />
      <MembershipOfferForm
        lastResult={useActionData<typeof action>()}
        defaultValue={values}
        submitLabel="Save membership"
      />
    </DeskFormPage>
  );
}
