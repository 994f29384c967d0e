import { Form } from "@remix-run/react";
import ArrowRight from "lucide-react/icons/arrow-right";
import Check from "lucide-react/icons/check";

import { SubmitButton } from "~/components/submit-button";
import type { Progress } from "~/features/coaches/practice.server";
import { cn } from "~/lib/class-names";
import { submitApplicationPath } from "~/lib/paths";

import { practiceSteps, type PracticeStep } from "./practice-steps";

/** What a draft needs before it can be listed, and the button that asks for it. */
export function ApplicationSteps({ missing }: { missing: Progress["missing"] }) {
  const isComplete = missing === null;
  return (
    <section aria-labelledby="application" className="rounded-lg border bg-card">
      <div className="border-b px-5 py-5 sm:px-6">
        <h2 id="application" className="text-display-sm">
          {isComplete ? "Ready to apply" : "Get your practice ready"}
        </h2>
        <p className="mt-1 text-muted-foreground">
          {isComplete
            ? "Everything is there. We read it, and you hear from us by mail."
            : "Three things, then a person here reads your application."}
        </p>
      </div>
      <ol className="divide-y">
        {practiceSteps(missing).map((step, index) => (
          <Step key={step.path} step={step} number={index + 1} />
        ))}
      </ol>
      {isComplete ? (
        <Form method="post" action={submitApplicationPath()} className="border-t px-5 py-5 sm:px-6">
          <SubmitButton
            size="lg"
            formTarget={submitApplicationPath()}
            pendingLabel="Sending…"
            className="w-full sm:w-auto"
          >
            Apply to be listed
          </SubmitButton>
        </Form>
      ) : null}
    </section>
  );
}

function Step({ step, number }: { step: PracticeStep; number: number }) {
  return (
    <li>
      <a
        href={step.path}
        aria-current={step.state === "now" ? "step" : undefined}
        className="group flex items-center gap-4 px-5 py-4 hover:bg-accent sm:px-6"
      >
        <span
          className={cn(
            "grid size-8 shrink-0 place-items-center rounded-full border-2 font-display text-sm font-semibold",
            step.state === "done" && "border-success bg-success text-success-foreground",
            step.state === "now" && "border-foreground bg-lamp text-lamp-foreground",
            step.state === "later" && "text-muted-foreground",
          )}
        >
          {step.state === "done" ? <Check aria-hidden className="size-4" /> : number}
        </span>
        <span className="min-w-0 flex-1">
          <span className="font-semibold">
            {step.title}
            {step.state === "done" ? <span className="sr-only"> (done)</span> : null}
          </span>
          <span className="block text-[0.9375rem] text-muted-foreground">{step.text}</span>
        </span>
        <ArrowRight
          aria-hidden
          className="size-5 shrink-0 text-muted-foreground transition-transform group-hover:translate-x-1"
        />
      </a>
    </li>
  );
}
