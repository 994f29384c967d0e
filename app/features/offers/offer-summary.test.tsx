import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { OfferSummary } from "./offer-summary.tsx";

it.each([
  { isTaxed: true, price_cents: 12_000, says: true },
  { isTaxed: false, price_cents: 12_000, says: false },
  { isTaxed: true, price_cents: 0, says: false },
])("says that tax comes on top of a price, where it does: %o", ({ isTaxed, price_cents, says }) => {
  const offer = { title: "A pricing review", duration_minutes: 60, price_cents };
  const html = renderToStaticMarkup(
    <OfferSummary offer={offer} coachName="Maria Lopez" isTaxed={isTaxed} />,
  );
  expect(html.includes("plus tax where it applies")).toBe(says);
});
