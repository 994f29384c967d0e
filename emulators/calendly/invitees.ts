import { Hono } from "hono";
import type { z } from "zod";

import { book } from "./book.ts";
import { answer, findEventType, readBody, requireOwn, uuidOf } from "./calendly.ts";
import type { ApiEnv, Calendly } from "./calendly.ts";
import { CreateInviteeSchema } from "./contract/requests.ts";
import { CalendlyError, planTooSmall } from "./errors.ts";
import { presentInvitee } from "./present.ts";
import { isFree } from "./slots.ts";
import type { EventType } from "./state.ts";

type Input = z.output<typeof CreateInviteeSchema>;

const NEED_DETAIL = ["ask_invitee", "outbound_call"];

/**
 * `POST /invitees`, the Scheduling API: books without the person going to Calendly. Paid plans
 * only. It knows no idempotency key: a second call at a time that the first one took is refused.
 */
export function inviteeRoutes(calendly: Calendly) {
  const app = new Hono<ApiEnv>();

  app.post("/invitees", async (context) => {
    const person = context.get("person");
    const input = await readBody(calendly, context, CreateInviteeSchema);
    if (person.plan === "free") throw planTooSmall();

    const type = findEventType(calendly, uuidOf(input.event_type));
    requireOwn(person, [type.ownerUuid]);
    if (!type.active) throw invalid("event_type", "is not active");
    const location = readLocation(type, input);
    checkAnswers(type, input);

    const start = Date.parse(input.start_time);
    if (start <= calendly.clock.now()) throw invalid("start_time", "must be in the future");
    if (!isFree(calendly, type, person, start)) {
      throw invalid("start_time", "The event is already filled.", "already_filled");
    }

    const { name, first_name, last_name, email, timezone } = input.invitee;
    const { origin } = new URL(context.req.url);
    const booked = book(calendly, origin, {
      type,
      start,
      guest: {
        name: name ?? [first_name, last_name].filter(Boolean).join(" "),
        email,
        timezone,
        ...(first_name && { firstName: first_name }),
        ...(last_name && { lastName: last_name }),
      },
      location,
      scheduledBy: "api",
      ...(input.tracking && { tracking: input.tracking }),
      ...(input.questions_and_answers && { answers: input.questions_and_answers }),
      ...(input.event_guests && { guests: input.event_guests }),
    });
    const resource = presentInvitee(origin, booked, calendly.store.state.booked);
    return answer(calendly, context, "invitee", { resource }, 201);
  });

  return app;
}

/** The place of the event: one that the event type lists, with the detail that it needs. */
function readLocation(type: EventType, { location }: Input) {
  const [only, ...others] = type.locationKinds;
  const kind = location?.kind ?? (others.length === 0 ? only : undefined);
  if (!kind) throw invalid("location", "is required");
  if (!type.locationKinds.includes(kind)) {
    throw invalid("location.kind", "is not one of the event type's");
  }
  if (NEED_DETAIL.includes(kind) && !location?.location) {
    throw invalid("location.location", `is required for ${kind}`);
  }
  return { type: kind, ...(location?.location && { location: location.location }) };
}

function checkAnswers(type: EventType, { questions_and_answers: answers = [] }: Input): void {
  for (const { question, position } of answers) {
    const asked = type.questions.find((candidate) => candidate.position === position);
    if (asked?.name !== question) {
      throw invalid("questions_and_answers", "must repeat the question");
    }
  }
  const isMissing = type.questions.some(
    ({ required, position }) => required && !answers.some((given) => given.position === position),
  );
  if (isMissing) throw invalid("questions_and_answers", "a required question has no answer");
}

function invalid(parameter: string, message: string, code?: string): CalendlyError {
  return new CalendlyError(400, "The supplied parameters are invalid.", [
    { parameter, message, ...(code && { code }) },
  ]);
}
