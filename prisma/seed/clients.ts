import type { Factories, Row } from "../../tests/factories.ts";
import { BROKERAGES, CLIENT_STATES, FIRST_NAMES, LAST_NAMES, LENDERS } from "./people-copy.ts";

type Client = Row<"profiles">;

const AGENTS = 40;

/** Dana, an agent in Phoenix, where the clocks never change. */
export function createDana(factories: Factories): Client {
  return factories.profile({
    clerk_user_id: "user_demo_dana",
    kind: "realtor",
    first_name: "Dana",
    last_name: "Averby",
    company: "Third Step Realty",
    home_state: "AZ",
    time_zone: "America/Phoenix",
  });
}

/** Marcus, a loan officer in Dallas. */
export function createMarcus(factories: Factories): Client {
  return factories.profile({
    clerk_user_id: "user_demo_marcus",
    kind: "loan_officer",
    first_name: "Marcus",
    last_name: "Tellbridge",
    company: "Prairie Finch Lending",
    home_state: "TX",
    time_zone: "America/Chicago",
  });
}

/** Sixty agents and loan officers, each with a name of their own. */
export function createClients(factories: Factories): Client[] {
  const { faker } = factories;
  const lastNames = faker.helpers.shuffle([...LAST_NAMES]);

  return FIRST_NAMES.map((firstName, index) => {
    const isAgent = index < AGENTS;
    const [state, timeZone] = faker.helpers.arrayElement([...CLIENT_STATES]);
    const lastName = lastNames[index]!;
    return factories.profile({
      clerk_user_id: `user_demo_${firstName}_${lastName}`.toLowerCase().replaceAll("-", "_"),
      kind: isAgent ? "realtor" : "loan_officer",
      first_name: firstName,
      last_name: lastName,
      company: faker.helpers.arrayElement([...(isAgent ? BROKERAGES : LENDERS)]),
      home_state: state,
      time_zone: timeZone,
    });
  });
}
