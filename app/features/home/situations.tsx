import ArrowRight from "lucide-react/icons/arrow-right";

import { coachesPath } from "~/lib/paths";

type Situation = { words: string; specialty: string; name: string };

const FOR_AGENTS: Situation[] = [
  {
    words: "Thursday at four. They’re interviewing two other agents.",
    specialty: "listing-presentations",
    name: "Listing presentations",
  },
  {
    words: "The seller wants forty thousand over the comps.",
    specialty: "pricing-conversations",
    name: "Pricing and price reductions",
  },
  {
    words: "My buyer won’t sign an agreement before the first tour.",
    specialty: "buyer-consultations",
    name: "Buyer consultations",
  },
  {
    words: "Eleven offers on the table, and we’re not the highest.",
    specialty: "negotiation",
    name: "Offer negotiation",
  },
];

const FOR_LOAN_OFFICERS: Situation[] = [
  {
    words: "They found a quote an eighth lower online.",
    specialty: "rate-conversations",
    name: "Rate and lock conversations",
  },
  {
    words: "Coffee with an agent who already has a lender.",
    specialty: "referral-partners",
    name: "Referral partner meetings",
  },
  {
    words: "Nine preapprovals out, and nobody is writing.",
    specialty: "pipeline-management",
    name: "Pipeline and pull-through",
  },
  {
    words: "My borrower has lost to cash twice this month.",
    specialty: "purchase-market",
    name: "Winning in a purchase market",
  },
];

/** What people come with, in their words; each line leads to who can help with it. */
export function Situations() {
  return (
    <section className="mx-auto max-w-page px-5 py-16 sm:px-8 lg:py-24">
      <h2 className="max-w-xl text-display-md sm:text-display-lg">What’s on your calendar?</h2>
      <p className="mt-3 max-w-xl text-lg text-muted-foreground">
        Nobody needs another course. You need half an hour with someone who has been in that room.
      </p>
      <div className="mt-10 grid gap-x-14 gap-y-12 lg:grid-cols-2">
        <SituationList title="For agents" situations={FOR_AGENTS} />
        <SituationList title="For loan officers" situations={FOR_LOAN_OFFICERS} />
      </div>
    </section>
  );
}

function SituationList({ title, situations }: { title: string; situations: Situation[] }) {
  return (
    <div>
      <h3 className="border-b-2 border-foreground pb-3 font-sans font-semibold">{title}</h3>
      <ul className="divide-y border-b">
        {situations.map((situation) => (
          <li key={situation.words}>
            <a
              href={coachesPath({ specialty: situation.specialty })}
              className="group flex items-center justify-between gap-6 py-5"
            >
              <span>
                <span className="block text-balance font-display text-[1.1875rem] leading-snug tracking-[-0.01em] underline decoration-transparent decoration-2 underline-offset-4 transition-colors group-hover:decoration-lamp sm:text-[1.3125rem]">
                  {situation.words}
                </span>
                <span className="mt-1.5 block text-[0.9375rem] text-muted-foreground">
                  {situation.name}
                </span>
              </span>
              <ArrowRight
                aria-hidden
                className="size-5 shrink-0 text-muted-foreground transition-transform group-hover:translate-x-1 group-hover:text-foreground"
              />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
