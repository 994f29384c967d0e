/** What Stripe asks for, by the beginnings of its own names, in words. */
const WORDS: [prefix: string, words: string][] = [
  ["external_account", "your bank account"],
  ["individual.dob", "your date of birth"],
  ["individual.ssn", "your Social Security number"],
  ["individual.id_number", "your Social Security number"],
  ["individual.address", "your address"],
  ["individual.first_name", "your name"],
  ["individual.last_name", "your name"],
  ["individual.verification", "a picture of your ID"],
  ["business_type", "whether you work alone or as a company"],
  ["company", "about your company"],
  ["tos_acceptance", "your consent to Stripe’s terms"],
];

/**
 * @param due names as Stripe gives them, such as `individual.dob.day`
 * @returns each thing once, in words that follow "Stripe still needs"
 */
export function dueWords(due: string[]): string[] {
  const words = due.map(
    (name) => WORDS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? "a few more details",
  );
  return [...new Set(words)];
}
