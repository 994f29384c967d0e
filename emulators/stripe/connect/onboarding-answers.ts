/** What the onboarding page asks, and which requirements each answer meets. */
const QUESTIONS = {
  firstName: { label: "First name", meets: ["individual.first_name", "business_type"] },
  lastName: { label: "Last name", meets: ["individual.last_name"] },
  birthday: {
    label: "Date of birth",
    type: "date",
    meets: ["individual.dob.day", "individual.dob.month", "individual.dob.year"],
  },
  ssn: { label: "Last 4 digits of Social Security number", meets: ["individual.ssn_last_4"] },
  routingNumber: { label: "Routing number of your bank", meets: ["external_account"] },
  accountNumber: { label: "Account number", meets: ["external_account"] },
} as const;

export type Question = { name: string; label: string; type?: string };

/** What is in the form when it is opened: Stripe's test data, so that trying it out is quick. */
export const TEST_ANSWERS: Record<string, string> = {
  firstName: "Jenny",
  lastName: "Rosen",
  birthday: "1985-01-01",
  ssn: "0000",
  routingNumber: "110000000",
  accountNumber: "000123456789",
};

/**
 * The questions to ask for what is missing of an account.
 *
 * @param missing names of requirements; an unusual one is asked by its name
 */
export function questionsFor(missing: string[]): Question[] {
  const usual = Object.entries(QUESTIONS).filter(([, { meets }]) =>
    meets.some((requirement) => missing.includes(requirement)),
  );
  const known = Object.values(QUESTIONS).flatMap(({ meets }): readonly string[] => meets);
  const others = missing.filter(
    (requirement) => !known.includes(requirement) && !requirement.startsWith("tos_acceptance."),
  );
  return [
    ...usual.map(([name, question]) => ({ name, ...question })),
    ...others.map((requirement) => ({ name: requirement, label: labelOf(requirement) })),
  ];
}

function labelOf(requirement: string): string {
  const words = (requirement.split(".").slice(1).join(" ") || requirement).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * Reads the answers to some questions.
 *
 * @returns which requirements the good answers meet, and a sentence for each that is not good
 */
export function readAnswers(
  questions: Question[],
  text: (name: string) => string,
): { met: string[]; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  for (const { name, label } of questions) {
    const problem = problemWith(name, label, text(name).trim());
    if (problem) errors[name] = problem;
  }
  const met = questions
    .filter(({ name }) => !errors[name])
    .flatMap(({ name }): readonly string[] => (isUsual(name) ? QUESTIONS[name].meets : [name]));
  // A bank account is known when both of its numbers are.
  const hasBank = !errors["routingNumber"] && !errors["accountNumber"];
  return { met: met.filter((each) => each !== "external_account" || hasBank), errors };
}

function isUsual(name: string): name is keyof typeof QUESTIONS {
  return Object.hasOwn(QUESTIONS, name);
}

function problemWith(name: string, label: string, answer: string): string | null {
  if (answer === "") return `${label} is missing.`;
  if (name === "ssn" && !/^\d{4}$/.test(answer)) return "Enter four digits.";
  if (name === "routingNumber" && !/^\d{9}$/.test(answer)) return "A routing number has 9 digits.";
  if (name === "accountNumber" && !/^\d{4,17}$/.test(answer)) {
    return "An account number has 4 to 17 digits.";
  }
  if (name === "birthday" && !/^\d{4}-\d{2}-\d{2}$/.test(answer)) return "Enter a date.";
  return null;
}
