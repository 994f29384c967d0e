import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { Document, DocumentPart } from "~/components/document";
import { PRODUCT_NAME } from "~/components/logo";
import { PolicyList } from "~/features/orders/policy-list";
import { releaseWords } from "~/features/payouts/release-words";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { SUPPORT_EMAIL } from "~/lib/contact";
import { feePercent } from "~/lib/fee";
import { formatDuration } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { privacyPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("Terms") },
  { name: "description", content: "What you can expect from us and from each other." },
];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  const terms = await getPlatformTerms(viewer.db);
  return data({ terms }, { headers: visitorCaching(args.request, viewer) });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function TermsRoute() {
  const { terms } = useLoaderData<typeof loader>();
  return (
    <Document
      title="Terms"
      lead="What you can expect from us and from each other, in words that mean what they say."
      changed="November 26, 2026"
    >
      <DocumentPart id="what" title="What this is">
        <p>
          {PRODUCT_NAME} is a marketplace. Coaches are independent: they decide what they offer,
          when and for how much, and the session is an agreement between coach and client. We run
          the site, take the payment, set up the meeting and pass on the coach’s share.
        </p>
        <p>
          Coaching is practice and experience, not legal, tax or lending advice, and no coach can
          promise you a result. Your broker, your company and your regulator have the last word on
          what you do with it.
        </p>
      </DocumentPart>
      <DocumentPart id="account" title="Your account">
        <p>
          It is yours alone. Tell the truth about who you are; a license number or NMLS ID must be
          your own. Keep your password to yourself, and tell us if somebody else has used it.
        </p>
      </DocumentPart>
      <DocumentPart id="paying" title="Paying">
        <p>
          You pay when you book: the price you were shown, in US dollars,{" "}
          {terms.automatic_tax ? "plus tax where it applies" : "nothing on top"}. A time that is not
          paid for within {formatDuration(terms.hold_minutes)} is free again. Should a payment
          arrive when the time has gone to somebody else, all of it goes back by itself.
        </p>
      </DocumentPart>
      <DocumentPart id="cancelling" title="Cancelling">
        <p>
          The cancellation policy shown when you booked is the one that counts. Our standard one
          says:
        </p>
        <PolicyList policy={terms} />
        <p>
          If a coach does not appear, or a session could not be held because of us, write to us
          within {formatDuration(terms.release_after_minutes)} and you get everything back.
        </p>
      </DocumentPart>
      <DocumentPart id="coaches" title="For coaches">
        <ul>
          <li>
            Our fee is {feePercent(terms.fee_basis_points)} of what the client pays and does not get
            back. It is fixed for a session when it is booked. Listing costs nothing.
          </li>
          <li>
            Your share is yours {releaseWords(terms.release_after_minutes)}. While somebody objects,
            it waits for our decision.
          </li>
          <li>
            Hold what you sold, when you sold it. If you cancel, the client gets everything back,
            and we take note.
          </li>
          <li>
            Say only what is true about your experience. What you may teach, and to whom, is for
            your license and your broker to allow.
          </li>
          <li>You owe the taxes on what you earn.</li>
        </ul>
      </DocumentPart>
      <DocumentPart id="conduct" title="How we treat each other">
        <ul>
          <li>
            What is said in a session stays there. Client names and figures are nobody else’s.
          </li>
          <li>No recording unless both sides agreed to it.</li>
          <li>No harassment, and no steering or discrimination of any kind.</li>
          <li>
            Meet, write and stay in touch wherever you like, but pay here for sessions with people
            you found here: it is what the refunds and this site live on.
          </li>
          <li>Reviews are honest, about a session you held, and paid for by nobody.</li>
        </ul>
        <p>
          We can take down what breaks these rules, and close an account that keeps breaking them.
          We say why, and you can answer.
        </p>
      </DocumentPart>
      <DocumentPart id="rest" title="The rest">
        <p>
          We keep the site running as well as we can, and cannot promise that it never fails. If
          something of ours goes wrong, we owe you at most what you paid us for the session
          concerned, unless the law says more. How we treat your data is in our{" "}
          <a href={privacyPath()} className="text-link">
            privacy page
          </a>
          . If we change these terms, sessions booked before keep the ones they were booked under.
        </p>
        <p>
          Questions:{" "}
          <a href={`mailto:${SUPPORT_EMAIL}`} className="text-link">
            {SUPPORT_EMAIL}
          </a>
        </p>
      </DocumentPart>
    </Document>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
