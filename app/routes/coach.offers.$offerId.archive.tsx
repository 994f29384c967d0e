import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { archiveOffer, findOwnOffer } from "~/features/offers/own-offers.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { getViewer } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { archiveOfferPath, coachOffersPath, signInPath } from "~/lib/paths";

const ParamsSchema = z.object({ offerId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Take an offer off sale") }];

export async function loader(args: LoaderFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(archiveOfferPath(offerId))); // nothing was typed

  const offer = await findOwnOffer(viewer.db, coachId, offerId);
  if (!offer) throw new Response("Not found", { status: 404 });
  return { title: offer.title, isGroup: offer.kind === "group_session" };
}

export async function action(args: ActionFunctionArgs) {
  const { offerId } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(archiveOfferPath(offerId)));

  const archived = await archiveOffer(viewer.db, offerId);
  // Gone already, perhaps by a second press: that is what was wanted.
  if (archived.ok || archived.error.code === "OFGON") {
    return redirectWithFlash(coachOffersPath(), { kind: "success", title: "It is off sale." });
  }
  const { message, status } = archived.error;
  return data({ message }, { status });
}

export default function ArchiveOfferRoute() {
  const { title, isGroup } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <DeskFormPage>
      <PageHeader
        title={`Take “${title}” off sale?`}
        lead={
          isGroup
            ? "Nobody can take a seat from now on. Dates with somebody on a seat take place as agreed; the others are called off. To sell it again, add it anew."
            : "Nobody can book it from now on. Sessions that are booked take place as agreed. To sell it again, add it anew."
        }
      />
      <Form method="post" className="space-y-6">
        <FormErrors id="refusal" errors={refusal ? [refusal.message] : undefined} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton variant="destructive" pendingLabel="Taking it off sale…">
            Take it off sale
          </SubmitButton>
          <Button asChild variant="outline">
            <a href={coachOffersPath()}>Keep it</a>
          </Button>
        </div>
      </Form>
    </DeskFormPage>
  );
}
