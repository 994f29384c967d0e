import { howItWorksPath } from "~/lib/paths";

const STEPS = [
  {
    title: "Find someone who’s done it",
    text: "Search by skill, state, language and price. Reviews come only from people who held a session with that coach.",
  },
  {
    title: "Take a time",
    text: "Every time is shown in your own zone. The one you choose is held for you while you pay.",
  },
  {
    title: "Meet on Zoom",
    text: "The link, a calendar file and a reminder come to your inbox. Bring the listing, the file or the script.",
  },
  {
    title: "Change your mind",
    text: "Before you cancel you see to the cent what comes back. That is exactly what we refund.",
  },
];

/** The four steps of a session, along the same dotted way as on the plan. */
export function HowItGoes() {
  return (
    <section className="border-y bg-card">
      <div className="mx-auto max-w-page px-5 py-16 sm:px-8 lg:py-24">
        <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-3">
          <h2 className="text-display-md sm:text-display-lg">How a session goes</h2>
          <a href={howItWorksPath()} className="text-link inline-flex min-h-11 items-center">
            Read the details
          </a>
        </div>
        <ol className="relative mt-10 grid gap-10 lg:grid-cols-4 lg:gap-8">
          {STEPS.map((step, index) => (
            <li
              key={step.title}
              className="relative ml-4 border-l-4 border-dotted border-lamp pl-6 lg:ml-0 lg:border-l-0 lg:border-t-4 lg:pl-0 lg:pt-7"
            >
              <span
                aria-hidden
                className="absolute -left-[1.125rem] top-0 grid size-8 place-items-center rounded-full border-2 border-foreground bg-lamp font-display text-sm font-semibold text-lamp-foreground lg:-top-[1.125rem] lg:left-0"
              >
                {index + 1}
              </span>
              <h3 className="pl-2 text-display-sm lg:pl-0">{step.title}</h3>
              <p className="mt-2 max-w-md pl-2 leading-relaxed text-muted-foreground lg:pl-0">
                {step.text}
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
