import ArrowRight from "lucide-react/icons/arrow-right";

import { PlusTax } from "~/components/plus-tax";
import { buttonVariants } from "~/components/ui/button";
import { BookingLink } from "~/features/calendly/booking-link";
import {
  formatDateTime,
  formatDuration,
  formatShortDate,
  formatTime,
  localDay,
} from "~/lib/format-date";
import { formatPrice } from "~/lib/format-money";
import type { Slot } from "~/lib/group-by-day";
import { bookOfferPath, packagePath } from "~/lib/paths";

/** What a coach sells, as its page shows it. */
export type Offer = {
  id: string;
  title: string;
  description: string;
  duration_minutes: number;
  price_cents: number;
  is_instant: boolean;
  /** Of a group session, which has dates in place of free times. */
  seats: number | null;
};

type OfferPanelProps = {
  offer: Offer;
  /** Whether tax comes on top of the price. */
  isTaxed: boolean;
  slug: string;
  /** The next free times, soonest first; may be none. */
  slots: Slot[];
  timeZone: string;
  /** Of a package, which is bought before times are chosen: what it gives. */
  terms: string[] | undefined;
  /** Where it can be booked at Calendly, if the coach wants that. */
  calendlyUrl: string | undefined;
};

/** One offer: what it is, what it costs, and the next times it can be had. */
export function OfferPanel(props: OfferPanelProps) {
  const { offer, isTaxed, slug, slots, timeZone, terms, calendlyUrl } = props;
  return (
    <article className="rounded-lg border bg-card">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 p-5 sm:p-6">
        <div className="max-w-xl">
          <h3 className="text-display-sm">{offer.title}</h3>
          {offer.description ? (
            <p className="mt-2 whitespace-pre-line leading-relaxed text-muted-foreground">
              {offer.description}
            </p>
          ) : null}
        </div>
        <p className="flex items-baseline gap-2 sm:block sm:text-right">
          <span className="font-display text-display-sm font-[550] tabular-nums">
            {formatPrice(offer.price_cents)}
          </span>
          <PlusTax isTaxed={isTaxed && offer.price_cents > 0} />
          <span className="block text-[0.9375rem] text-muted-foreground">
            {formatDuration(offer.duration_minutes)}
          </span>
          {offer.is_instant ? null : (
            <span className="block text-[0.9375rem] text-muted-foreground">On request</span>
          )}
        </p>
      </div>
      <div className="space-y-4 border-t px-5 py-5 sm:px-6">
        {terms ? (
          terms.map((line) => <p key={line}>{line}</p>)
        ) : offer.seats ? null : slots.length > 0 ? (
          <ul
            aria-label={`Next free times for ${offer.title}`}
            className="grid grid-cols-2 gap-2 sm:grid-cols-3"
          >
            {slots.map((slot) => (
              <li key={slot.startsAt}>
                <SlotLink slot={slot} offer={offer} slug={slug} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-[0.9375rem] text-muted-foreground">
            Nothing is free in the next three weeks. Later times may be.
          </p>
        )}
        <a
          href={(terms ? packagePath : bookOfferPath)(slug, offer.id)}
          className={buttonVariants({
            variant: slots[0] ? "outline" : "default",
            className: "w-full sm:w-auto",
          })}
        >
          {terms ? "See the package" : offer.seats ? "Dates and seats" : "All free times"}
          <span className="sr-only"> for {offer.title}</span> <ArrowRight aria-hidden />
        </a>
        {calendlyUrl ? <BookingLink href={calendlyUrl} offerTitle={offer.title} /> : null}
      </div>
    </article>
  );
}

type SlotLinkProps = { slot: Slot; offer: Offer; slug: string; timeZone: string };

function SlotLink({ slot, offer, slug, timeZone }: SlotLinkProps) {
  const query = { week: localDay(slot.startsAt, timeZone), slot: slot.startsAt };
  return (
    <a
      href={bookOfferPath(slug, offer.id, query)}
      className="flex min-h-11 flex-col items-center justify-center gap-x-2 rounded-md border border-input/60 px-2 py-2 text-[0.9375rem] transition-colors hover:border-primary hover:bg-accent sm:flex-row"
    >
      <span className="sr-only">{formatDateTime(slot.startsAt, timeZone)}</span>
      <span aria-hidden className="text-muted-foreground" suppressHydrationWarning>
        {formatShortDate(slot.startsAt, timeZone)}
      </span>
      <span aria-hidden className="font-semibold tabular-nums" suppressHydrationWarning>
        {formatTime(slot.startsAt, timeZone)}
      </span>
    </a>
  );
}
