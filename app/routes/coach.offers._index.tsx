import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Row, RowList } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { sessionCents } from "~/features/offers/offer-schema";
import { everyWords, givesWords } from "~/features/memberships/membership-words";
import { listOwnOffers } from "~/features/offers/own-offers.server";
import { validWords } from "~/features/packages/package-words";
import { requirePractice } from "~/features/practice/require-practice.server";
import { formatDuration } from "~/lib/format-date";
import { formatPrice } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import {
  archiveOfferPath,
  changeOfferPath,
  coachCouponsPath,
  coachOffersPath,
  changeMembershipOfferPath,
  newGroupSessionPath,
  newIntroCallPath,
  newMembershipPath,
  newOfferPath,
  newPackagePath,
  offerDatesPath,
  signInPath,
} from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your offers") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachOffersPath())); // no form here, so nothing is lost
  return { offers: await listOwnOffers(viewer.db, coachId) };
}

export default function OffersRoute() {
  const { offers } = useLoaderData<typeof loader>();
  const addButton = (
    <Button asChild>
      <a href={newOfferPath()}>
        <Plus aria-hidden /> Add an offer
      </a>
    </Button>
  );

  const groupButton = (
    <Button asChild variant="outline">
      <a href={newGroupSessionPath()}>Offer a group session</a>
    </Button>
  );

  const packageButton = (
    <Button asChild variant="outline">
      <a href={newPackagePath()}>Offer a package</a>
    </Button>
  );

  const membershipButton = (
    <Button asChild variant="outline">
      <a href={newMembershipPath()}>Offer a membership</a>
    </Button>
  );

  const introCallButton = (
    <Button asChild variant="outline">
      <a href={newIntroCallPath()}>Offer a free intro call</a>
    </Button>
  );

  return (
    <Page>
      <PageHeader
        title="Your offers"
        lead="What clients can book. A change counts for new bookings; what was booked stays as it was bought."
        actions={
          offers.length > 0 ? (
            <>
              <Button asChild variant="ghost">
                <a href={coachCouponsPath()}>Coupons</a>
              </Button>
              {offers.some(({ kind }) => kind === "intro_call") ? null : introCallButton}
              {groupButton}
              {packageButton}
              {membershipButton}
              {addButton}
            </>
          ) : null
        }
      />
      {offers.length === 0 ? (
        <EmptyState title="Nothing on sale yet" action={addButton}>
          An offer is a session with a name, a length and a price. Most coaches start with one of an
          hour, and a shorter, cheaper one for a single question.
        </EmptyState>
      ) : (
        <RowList>
          {offers.map((offer) => (
            <Row
              key={offer.id}
              title={offer.title}
              trail={
                <>
                  <data
                    value={(offer.price_cents / 100).toFixed(2)}
                    className="mr-auto font-display text-lg font-[550] tabular-nums sm:mr-2"
                  >
                    {formatPrice(offer.price_cents)}
                  </data>
                  {offer.kind === "group_session" ? (
                    <Button asChild size="sm">
                      <a href={offerDatesPath(offer.id)}>
                        Dates<span className="sr-only"> of {offer.title}</span>
                      </a>
                    </Button>
                  ) : null}
                  <Button asChild variant="outline" size="sm">
                    <a
                      href={
                        offer.kind === "membership"
                          ? changeMembershipOfferPath(offer.id)
                          : changeOfferPath(offer.id)
                      }
                    >
                      Change<span className="sr-only"> {offer.title}</span>
                    </a>
                  </Button>
                  <Button asChild variant="ghost" size="sm">
                    <a href={archiveOfferPath(offer.id)}>
                      Take off sale<span className="sr-only">: {offer.title}</span>
                    </a>
                  </Button>
                </>
              }
            >
              <p>
                {offer.kind === "membership"
                  ? `${givesWords(offer)}, paid ${everyWords(offer)}`
                  : formatDuration(offer.duration_minutes)}
                {offer.seats === null ? null : `, ${offer.seats} seats`}
                {offer.session_count === null
                  ? null
                  : `, ${offer.session_count} sessions at ${formatPrice(sessionCents(offer))}, ${validWords(offer.valid_months ?? 0)}`}
              </p>
              {offer.description ? (
                <p className="line-clamp-2 max-w-2xl">{offer.description}</p>
              ) : null}
            </Row>
          ))}
        </RowList>
      )}
    </Page>
  );
}
