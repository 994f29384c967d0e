import { createFactories, type Row } from "../../tests/factories.ts";
import { DEMO_EMAILS } from "../demo-sign-ins.ts";
import { makeHistory } from "./appointments.ts";
import { createClients, createDana, createMarcus } from "./clients.ts";
import { APPLICANT, COACHES } from "./coaches.ts";
import { createConversations, type ConversationRows } from "./conversation-rows.ts";
import { makeDemoAppointments } from "./demo-appointments.ts";
import { createDiary } from "./diary.ts";
import { createGroupSession, type GroupSession } from "./group-dates.ts";
import { createPractice, type Practice } from "./practices.ts";
import { createReviews } from "./review-rows.ts";
import { createSessionRows, type SessionRows, type Terms } from "./session-rows.ts";

/** A person who can sign in. */
export type Member = { profile: Row<"profiles">; email: string };

export type Market = {
  members: Member[];
  credentials: Row<"credentials">[];
  practices: Practice[];
  sessions: SessionRows[];
  groupSession: GroupSession;
  reviews: Row<"reviews">[];
  conversations: ConversationRows[];
};

export type MarketOptions = {
  now: Date;
  terms: Terms;
  cancellationPolicyId: string;
  /** The Zoom users who can host a meeting. */
  hostIds: string[];
};

const SEED = 20_260_817;

/**
 * Thinks up the whole demo market. The same options give the same rows; nothing is written.
 */
export function createMarket({ now, terms, cancellationPolicyId, hostIds }: MarketOptions): Market {
  const factories = createFactories({ seed: SEED, now });
  const listed = COACHES.map((copy) => createPractice(factories, copy, cancellationPolicyId));
  const theo = createApplicant(createPractice(factories, APPLICANT, cancellationPolicyId));
  const maria = listed[0]!;
  const dana = createDana(factories);
  const marcus = createMarcus(factories);
  const clients = createClients(factories);

  const agents = clients.filter((client) => client.kind === "realtor");
  const lenders = clients.filter((client) => client.kind === "loan_officer");
  const diary = createDiary(hostIds);
  const appointments = [
    ...makeDemoAppointments(factories, diary, listed, { dana, marcus, agents }),
    ...listed.flatMap((practice) =>
      makeHistory(factories, diary, practice, isForLenders(practice) ? lenders : agents),
    ),
  ];
  const sessions = appointments.map((one) => createSessionRows(factories, one, terms));

  const people = [...listed, theo].map(({ person }) => person).concat(dana, marcus, clients);
  const demoEmails = new Map([
    [dana.id, DEMO_EMAILS.dana],
    [marcus.id, DEMO_EMAILS.marcus],
    [maria.person.id, DEMO_EMAILS.maria],
    [theo.person.id, DEMO_EMAILS.theo],
  ]);

  return {
    members: people.map((profile) => ({
      profile,
      email: demoEmails.get(profile.id) ?? factories.contact(profile).email,
    })),
    credentials: people.filter(({ kind }) => kind !== "coach").map(factories.credential),
    practices: [...listed, theo],
    sessions,
    groupSession: createGroupSession(factories, maria, agents, terms),
    reviews: createReviews(factories, sessions),
    conversations: createConversations(factories, sessions, {
      maria,
      clientIds: [dana.id, marcus.id],
    }),
  };
}

/** Has done everything but been approved. */
function createApplicant(practice: Practice): Practice {
  const { coach } = practice;
  return { ...practice, coach: { ...coach, status: "applied", approved_at: null } };
}

function isForLenders({ copy }: Practice): boolean {
  return copy.kind === "loan_officer";
}
