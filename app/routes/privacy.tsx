import type { MetaFunction } from "@remix-run/node";

import { Document, DocumentPart } from "~/components/document";
import { SUPPORT_EMAIL } from "~/lib/contact";
import { pageTitle } from "~/lib/page-title";
import { settingsPath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("Privacy") },
  {
    name: "description",
    content: "What we keep about you, who sees it, and how to have it removed.",
  },
];

export default function PrivacyRoute() {
  return (
    <Document
      title="Privacy"
      lead="What we keep about you, why, who else sees it, and how to have it removed. No advertising, no tracking, nothing sold."
      changed="November 26, 2026"
    >
      <DocumentPart id="what" title="What we keep">
        <ul>
          <li>
            Your e-mail address, and how you sign in. Your password is kept by Clerk, which handles
            sign-in for us; we never see it.
          </li>
          <li>
            Who you say you are: name, trade, state, brokerage or lender, license number or NMLS ID,
            time zone.
          </li>
          <li>Your sessions, what was paid and refunded, your reviews and your messages.</li>
          <li>
            Which mails we sent you, what each was called, and whether it arrived. You can see the
            list in your settings.
          </li>
          <li>If you coach: your public page, hours, prices and earnings.</li>
          <li>
            Technical logs: which page was asked for, when, and how long it took, with your
            account’s id. Never what you typed.
          </li>
        </ul>
      </DocumentPart>
      <DocumentPart id="who" title="Who sees it">
        <ul>
          <li>Anyone: a coach’s public page, and reviews with the name of who wrote them.</li>
          <li>
            The other side of a session or conversation: your name, trade, firm and state, what you
            write to each other, and when you read it. While you have the conversation open: that
            you are there, and that you type, not what. Not your e-mail address and not your license
            number.
          </li>
          <li>
            Our team, when it needs to: to approve coaches, to help you, to look into a report.
          </li>
        </ul>
      </DocumentPart>
      <DocumentPart id="companies" title="Companies that work for us">
        <p>Each gets what its part needs, and no more:</p>
        <ul>
          <li>
            Clerk: your e-mail address and password, to sign you in. If you continue with Google, it
            gets your name and e-mail address from there instead, and Google learns that you came
            here.
          </li>
          <li>Stripe: your payment, and your e-mail address for the receipt.</li>
          <li>
            Zoom: the time and title of a session, to hold the meeting, and your name when you join.
            It tells us when a meeting began and ended, and who came. A session is recorded only if
            both of you agreed before it started; the recording is for the two of you, and is
            deleted after the days that you agreed to.
          </li>
          <li>Resend: your e-mail address and our mails to you.</li>
          <li>Supabase and our web host: where the site and its database run.</li>
        </ul>
      </DocumentPart>
      <DocumentPart id="cookies" title="Cookies">
        <p>
          Only those the site needs: one set that keeps you signed in, one that remembers light or
          dark, one for your time zone before you have an account, and one that carries a short
          message from one page to the next. None is read by anybody else.
        </p>
      </DocumentPart>
      <DocumentPart id="rights" title="Changing and removing">
        <p>
          You can change what you told us in your{" "}
          <a href={settingsPath()} className="text-link">
            settings
          </a>
          . To get a copy of everything, or to have your account removed, write to{" "}
          <a href={`mailto:${SUPPORT_EMAIL}`} className="text-link">
            {SUPPORT_EMAIL}
          </a>{" "}
          from the address you sign in with.
        </p>
        <p>
          When an account is removed, your name, firm, license and e-mail address go, and so do your
          notes and, if you coach, your bank. Memberships end, and nothing more is charged. What
          others need stays without your name: records of payments, which the law makes us keep,
          sessions, messages and reviews.
        </p>
      </DocumentPart>
    </Document>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
