import { DocumentPart } from "~/components/document";
import { Button } from "~/components/ui/button";
import { releaseWords } from "~/features/payouts/release-words";

type PitchDetailsProps = {
  terms: { release_after_minutes: number };
  start: { path: string; label: string };
};

/** What we look for, how one gets listed, and how the money goes. */
export function PitchDetails({ terms, start }: PitchDetailsProps) {
  return (
    <div className="mx-auto max-w-page px-5 pb-20 pt-6 sm:px-8">
      <DocumentPart id="who" title="Whom we look for">
        <p>
          People who have done the work themselves, for years: agents, brokers, team leads and loan
          officers. You need no certificate as a coach. You need to be able to say what you would do
          in the room, and to let the other one try it.
        </p>
      </DocumentPart>
      <DocumentPart id="listed" title="How you get listed">
        <ol className="list-decimal space-y-2 pl-5">
          <li>Write your page: a headline, about you, states, specialties and languages.</li>
          <li>Set your weekly hours. Clients see them in their own time zone.</li>
          <li>Put at least one session on sale, with a length and a price.</li>
          <li>Apply. A person reads it, and you get a mail when your page is live.</li>
        </ol>
        <p>You can stop after any step and come back; everything is kept.</p>
      </DocumentPart>
      <DocumentPart id="money" title="How the money goes">
        <p>
          Clients pay in full when they book, so nobody owes you anything after a session. Your
          share is yours {releaseWords(terms.release_after_minutes)}. If a client cancels late, you
          get your share of what they don’t get back; if you cancel, they get all of it.
        </p>
        <p>We take no fee on money that goes back, and none for being listed.</p>
      </DocumentPart>
      <DocumentPart id="yours" title="What stays yours">
        <p>
          Your price, your hours, your way of working. There is no exclusivity and no minimum.
          Reviews are by people who held a session with you, and by nobody else.
        </p>
      </DocumentPart>
      <div className="mt-12 border-t pt-10">
        <Button asChild size="lg">
          <a href={start.path}>{start.label}</a>
        </Button>
      </div>
    </div>
  );
}
