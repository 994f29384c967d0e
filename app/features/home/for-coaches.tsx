import { Button } from "~/components/ui/button";
import { becomeACoachPath } from "~/lib/paths";

const FACTS = [
  {
    title: "Your price, your hours",
    text: "Set what you offer and when. Nobody can book the rest.",
  },
  { title: "Paid when it’s held", text: "Clients pay up front; you are paid after the session." },
  { title: "Approved by a person", text: "Someone reads every application before it is listed." },
];

/** For those who have the experience: why and where to apply. */
export function ForCoaches() {
  return (
    <section className="bg-plan text-plan-foreground">
      <div className="relative mx-auto max-w-page overflow-hidden px-5 py-16 sm:px-8 lg:py-24">
        <OpenDoor />
        <div className="relative grid gap-12 lg:grid-cols-2 lg:gap-20">
          <div>
            <h2 className="text-display-lg">
              You’ve had this conversation four hundred times. Somebody has it Thursday.
            </h2>
            <Button asChild variant="lamp" size="lg" className="mt-8">
              <a href={becomeACoachPath()}>Become a coach</a>
            </Button>
          </div>
          <dl className="divide-y divide-plan-foreground/20">
            {FACTS.map((fact) => (
              <div key={fact.title} className="py-5 first:pt-0 last:pb-0">
                <dt className="font-semibold">{fact.title}</dt>
                <dd className="mt-1 text-plan-muted">{fact.text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </section>
  );
}

/** The mark, large and faint, behind the words. */
function OpenDoor() {
  return (
    <svg
      viewBox="0 0 100 100"
      aria-hidden
      className="absolute -bottom-8 left-[52%] hidden h-[115%] fill-plan-foreground/[0.045] lg:block"
    >
      <path d="M0 100V0a100 100 0 0 1 100 100z" />
    </svg>
  );
}
