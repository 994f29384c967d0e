import LoaderCircle from "lucide-react/icons/loader-circle";

import { Page } from "~/components/page";
import { bookingPaidPath, bookingPath } from "~/lib/paths";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

/** How often the page looks again by itself, without scripts: about two minutes' worth. */
export const LOOKS = 30;

const SECONDS_BETWEEN = 4;

type ConfirmingProps = {
  bookingId: string;
  /** How many times the page has looked. */
  look: number;
};

/** Between paying and the moment at which Stripe has told us. */
export function Confirming({ bookingId, look }: ConfirmingProps) {
  useRevalidateEvery(SECONDS_BETWEEN * 1000);
  const again = bookingPaidPath(bookingId, look + 1);
  return (
    <Page width="narrow" className="py-20 sm:py-28">
      {/* With scripts the page asks again in place; a reload could come while one reads on. */}
      <noscript>
        <meta httpEquiv="refresh" content={`${SECONDS_BETWEEN}; url=${again}`} />
      </noscript>
      <div role="status">
        <LoaderCircle aria-hidden className="size-10 animate-spin text-lamp" />
        <h1 className="mt-6 text-display-md sm:text-display-lg">Confirming your payment</h1>
        <p className="mt-4 max-w-prose text-lg leading-relaxed text-muted-foreground">
          {look < 5
            ? "We are waiting for word from Stripe. It takes a few seconds."
            : "This takes longer than usual. You can close the page: we write to you as soon as it is settled, and whatever happens, a payment for a time you don’t get comes back by itself."}
        </p>
      </div>
      <p className="mt-8">
        <a href={again} className="text-link">
          Look again
        </a>{" "}
        <span className="text-muted-foreground">or go to</span>{" "}
        <a href={bookingPath(bookingId)} className="text-link">
          the session’s page
        </a>
      </p>
    </Page>
  );
}
