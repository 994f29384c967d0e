import LoaderCircle from "lucide-react/icons/loader-circle";

import { Page } from "~/components/page";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

/** How often the page looks again by itself, without scripts: about two minutes' worth. */
export const LOOKS = 30;

const SECONDS_BETWEEN = 4;

type ConfirmingPaymentProps = {
  /** How many times the page has looked. */
  look: number;
  /** The page's address when it looks the next time. */
  againPath: string;
  /** What is paid for. */
  what: "payment" | "membership";
  /** When it takes long: what happens to somebody who does not wait here. */
  meanwhile: string;
  /** Where one can wait as well. */
  elsewhere: { path: string; label: string };
};

/** Between paying and the moment at which Stripe has told us. */
export function ConfirmingPayment(props: ConfirmingPaymentProps) {
  const { look, againPath, what, meanwhile, elsewhere } = props;
  useRevalidateEvery(SECONDS_BETWEEN * 1000);
  return (
    <Page width="narrow" className="py-20 sm:py-28">
      {/* With scripts the page asks again in place; a reload could come while one reads on. */}
      <noscript>
        <meta httpEquiv="refresh" content={`${SECONDS_BETWEEN}; url=${againPath}`} />
      </noscript>
      <div role="status">
        <LoaderCircle aria-hidden className="size-10 animate-spin text-lamp" />
        <h1 className="mt-6 text-display-md sm:text-display-lg">Confirming your {what}</h1>
        <p className="mt-4 max-w-prose text-lg leading-relaxed text-muted-foreground">
          {look < 5
            ? "We are waiting for word from Stripe. It takes a few seconds."
            : `This takes longer than usual. You can close the page: ${meanwhile}.`}
        </p>
      </div>
      <p className="mt-8">
        <a href={againPath} className="text-link">
          Look again
        </a>{" "}
        <span className="text-muted-foreground">or go to</span>{" "}
        <a href={elsewhere.path} className="text-link">
          {elsewhere.label}
        </a>
      </p>
    </Page>
  );
}
