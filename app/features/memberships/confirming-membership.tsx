import LoaderCircle from "lucide-react/icons/loader-circle";

import { Page } from "~/components/page";
import { membershipBegunPath } from "~/lib/paths";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

/** How often the page looks again by itself, without scripts: about two minutes' worth. */
export const LOOKS = 30;

const SECONDS_BETWEEN = 4;

type ConfirmingMembershipProps = {
  membershipId: string;
  /** How many times the page has looked. */
  look: number;
};

/** Between subscribing and the moment at which Stripe has told us. */
export function ConfirmingMembership({ membershipId, look }: ConfirmingMembershipProps) {
  useRevalidateEvery(SECONDS_BETWEEN * 1000);
  const again = membershipBegunPath(membershipId, look + 1);
  return (
    <Page width="narrow" className="py-20 sm:py-28">
      {/* With scripts the page asks again in place; a reload could come while one reads on. */}
      <noscript>
        <meta httpEquiv="refresh" content={`${SECONDS_BETWEEN}; url=${again}`} />
      </noscript>
      <div role="status">
        <LoaderCircle aria-hidden className="size-10 animate-spin text-lamp" />
        <h1 className="mt-6 text-display-md sm:text-display-lg">Confirming your membership</h1>
        <p className="mt-4 max-w-prose text-lg leading-relaxed text-muted-foreground">
          {look < 5
            ? "We are waiting for word from Stripe. It takes a few seconds."
            : "This takes longer than usual. You can close the page: your membership appears under Billing as soon as it is settled."}
        </p>
      </div>
      <p className="mt-8">
        <a href={again} className="text-link">
          Look again
        </a>
      </p>
    </Page>
  );
}
