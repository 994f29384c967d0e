import { expect, it } from "vitest";

import { readCoachSearch, type SearchChoices } from "./coach-search";
import { searchTitle } from "./search-title";

const choices: SearchChoices = {
  states: [{ value: "AZ", label: "Arizona" }],
  specialties: [{ value: "negotiation", label: "Offer negotiation", audience: "realtor" }],
  languages: [],
};

it.each([
  ["", "Find a coach"],
  ["q=rates", "Find a coach"],
  ["state=AZ", "Coaches in Arizona"],
  ["specialty=negotiation", "Coaches for offer negotiation"],
  ["specialty=negotiation&state=AZ", "Coaches for offer negotiation in Arizona"],
])("names what is looked for: %s", (query, title) => {
  expect(searchTitle(readCoachSearch(new URLSearchParams(query)).search, choices)).toBe(title);
});
