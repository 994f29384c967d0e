import type { Enums } from "~/lib/database.types";

export type ProfileKind = Enums<"profile_kind">;

type KindWords = {
  value: ProfileKind;
  /** What somebody of this kind calls themselves. */
  label: string;
  description: string;
  /** What they call the firm they work with. */
  company: string;
  /** What their number is called; null when they have none to give. */
  credential: { label: string; hint: string } | null;
};

/** Who uses the site, and the words of each trade. */
export const PROFILE_KINDS: readonly KindWords[] = [
  {
    value: "realtor",
    label: "Real estate agent",
    description: "I list homes, or help people buy them.",
    company: "Brokerage",
    credential: {
      label: "License number",
      hint: "As it stands on your state’s license. Only you and our team see it.",
    },
  },
  {
    value: "loan_officer",
    label: "Loan officer",
    description: "I originate mortgages.",
    company: "Lender",
    credential: { label: "NMLS ID", hint: "Your own, not your lender’s. Digits only." },
  },
  {
    value: "coach",
    label: "I only coach",
    description: "I’m here to teach, and don’t need a coach myself.",
    company: "Company",
    credential: null,
  },
];

/** The words for a form on which no kind is chosen yet, or can't be reacted to: they fit everyone. */
const ANY_KIND = {
  company: "Brokerage or lender",
  credential: {
    label: "License number or NMLS ID",
    hint: "Agents: your state license. Loan officers: your own NMLS ID. Leave it empty if you only coach.",
  },
};

/**
 * How a form should call firm and number.
 *
 * @param kind what is chosen, or anything else when nothing is
 */
export function wordsOfKind(kind: unknown): Pick<KindWords, "company" | "credential"> {
  return PROFILE_KINDS.find((known) => known.value === kind) ?? ANY_KIND;
}

/** What to call a person of a kind, in a list: "Loan officer". */
export function kindLabel(kind: ProfileKind | null): string {
  if (kind === "coach") return "Coach";
  return PROFILE_KINDS.find((known) => known.value === kind)?.label ?? "Member";
}
