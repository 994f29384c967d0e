import { bookOfferPath, coachPath, packagePath } from "~/lib/paths";

import type { Coach } from "./coaches.server";

/**
 * What search engines read of a coach (schema.org).
 *
 * @param coach as the page shows them
 * @param origin the site's, as these addresses are absolute
 */
export function coachStructuredData(coach: Coach, origin: string) {
  const { rating_average: rating, review_count: count } = coach.listing;
  return {
    "@context": "https://schema.org",
    "@type": "Service",
    name: `Coaching with ${coach.display_name}`,
    description: coach.headline,
    serviceType: "Real estate coaching",
    url: origin + coachPath(coach.slug),
    provider: { "@type": "Person", name: coach.display_name },
    areaServed: coach.states ?? [],
    offers: coach.offers.map((offer) => ({
      "@type": "Offer",
      name: offer.title,
      price: (offer.price_cents / 100).toFixed(2),
      priceCurrency: "USD",
      url: origin + (offer.session_count ? packagePath : bookOfferPath)(coach.slug, offer.id),
    })),
    // An average of nothing is an error to search engines.
    ...(count > 0 && rating !== null
      ? { aggregateRating: { "@type": "AggregateRating", ratingValue: rating, reviewCount: count } }
      : {}),
  };
}
