import { nameOf, type SearchChoices } from "./coach-search";

const STATES_NAMED = 3;

/**
 * What a card says of a coach besides the rating, each fact a few words long.
 *
 * @param coach where and in which languages they coach, and how often they have
 * @param choices the names of languages
 */
export function coachFacts(
  coach: { states: string[]; languages: string[]; sessions_held: number },
  choices: Pick<SearchChoices, "languages">,
): string[] {
  const { sessions_held: held } = coach;
  const others = coach.languages.filter((code) => code !== "en");
  return [
    held > 0 ? `${held.toLocaleString("en-US")} ${held === 1 ? "session" : "sessions"}` : "",
    shortStates(coach.states),
    others.length > 0 ? others.map((code) => nameOf(code, choices.languages)).join(", ") : "",
  ].filter(Boolean);
}

/** "AZ, CA, NV and 2 more states"; codes, because a line has little room. */
export function shortStates(states: string[]): string {
  const named = states.slice(0, STATES_NAMED).join(", ");
  const more = states.length - STATES_NAMED;
  return more > 0 ? `${named} and ${more} more ${more === 1 ? "state" : "states"}` : named;
}
