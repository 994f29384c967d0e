import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import { PageHeader } from "~/components/page";
import { MembershipOfferForm } from "~/features/memberships/membership-offer-form";
import {
  MEMBERSHIP_OFFER_FIELD_BY_CODE,
  MembershipOfferSchema,
} from "~/features/memberships/membership-offer-schema";
import { makeMembershipOffer } from "~/features/memberships/membership-offers.server";
import { answerForm } from "~/features/practice/answer-form.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { coachOffersPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("New membership") }];

export async function loader(args: LoaderFunctionArgs) {
  await requirePractice(args);
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: MembershipOfferSchema });
  return answerForm(args, submission, {
    save: makeMembershipOffer,
    fieldByCode: MEMBERSHIP_OFFER_FIELD_BY_CODE,
    done: {
      path: coachOffersPath(),
      flash: { kind: "success", title: "Your membership is on sale." },
    },
  });
}

export default function NewMembershipRoute() {
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachOffersPath()} className="text-link">
            Your offers
          </a>
        }
        title="New membership"
        lead="Clients pay by themselves every month or year, and book the sessions that it gives. They can pause or cancel whenever they like."
      />
      <MembershipOfferForm
        lastResult={useActionData<typeof action>()}
        submitLabel="Put it on sale"
      />
    </DeskFormPage>
  );
}
