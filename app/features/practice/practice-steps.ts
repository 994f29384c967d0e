import type { Progress } from "~/features/coaches/practice.server";
import { coachAvailabilityPath, coachOffersPath, coachProfilePath } from "~/lib/paths";

export type PracticeStep = {
  title: string;
  text: string;
  path: string;
  state: "done" | "now" | "later";
};

const STEPS = [
  {
    missing: "profile",
    title: "Your public page",
    text: "Headline, bio, states and specialties: what clients choose you by.",
    path: coachProfilePath(),
  },
  {
    missing: "hours",
    title: "Weekly hours",
    text: "When clients may book you. Nobody can book the rest.",
    path: coachAvailabilityPath(),
  },
  {
    missing: "offers",
    title: "At least one offer",
    text: "A session with a length and a price.",
    path: coachOffersPath(),
  },
] as const;

/**
 * The way to a complete practice, and how far it is gone. What is missing is known one step at a
 * time: what comes after the first gap counts as still to do.
 *
 * @param missing the next thing to do; null when nothing is
 */
export function practiceSteps(missing: Progress["missing"]): PracticeStep[] {
  const now = missing === null ? STEPS.length : STEPS.findIndex((step) => step.missing === missing);
  return STEPS.map(({ title, text, path }, index) => ({
    title,
    text,
    path,
    state: index < now ? "done" : index === now ? "now" : "later",
  }));
}
