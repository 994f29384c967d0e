import { nameOf, type CoachSearch, type SearchChoices } from "./coach-search";

/**
 * What a page of results is about: its heading and the title of its tab.
 *
 * @param search what is looked for
 * @param choices the names of specialties and states
 * @returns "Coaches for offer negotiation in Arizona", as far as it was said
 */
export function searchTitle(search: CoachSearch, choices: SearchChoices): string {
  const specialty = search.specialty && nameOf(search.specialty, choices.specialties);
  const state = search.state && nameOf(search.state, choices.states);
  if (!specialty && !state) return "Find a coach";
  return `Coaches${specialty ? ` for ${lowerFirst(specialty)}` : ""}${state ? ` in ${state}` : ""}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
