import { ZONES, type Delivery, type Person, type RuleRow } from "./world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export type Booking = {
  id: string;
  client: Person;
  coach: Person;
  startsAt: number;
  endsAt: number;
  status: "confirmed" | "cancelled" | "completed";
  sequence: number;
  /** When it was confirmed, or moved last. */
  settledAt: number;
  /** When its client reviewed it. */
  reviewedAt: number | null;
};

export type Message = {
  conversation: string;
  client: Person;
  coach: Person;
  seq: number;
  sender: Person;
  at: number;
};

/** A rule of the world, and whether it is switched on. */
export type Rule = RuleRow & { isEnabled: boolean };

/** One thing to be told, as the test reckons it. */
export type Notice = {
  kind: string;
  subject: string;
  person: Person;
  channel: "mail" | "in_app";
  version: number;
  offset: number | null;
};

/** What people have chosen: by group, and their quiet hours as times of day ("22:30"). */
export type Choices = {
  deliveries: Map<string, Delivery>;
  quiet: { from: string; until: string } | null;
};

export type Model = {
  now: number;
  bookings: Map<string, Booking>;
  messages: Message[];
  rules: Rule[];
  choices: Record<Person, Choices>;
};

const GROUPS: Record<string, string> = {
  session_reminder: "sessions",
  booking_moved: "sessions",
  session_soon: "sessions",
  review_reminder: "reviews",
  next_session: "suggestions",
  message_unanswered: "messages",
};

/** What is due by the rules at the model's moment: written here a second time, from what they say. */
export function dueNotices(model: Model): Notice[] {
  return model.rules.filter(({ isEnabled }) => isEnabled).flatMap((rule) => dueBy(rule, model));
}

function dueBy(rule: Rule, model: Model): Notice[] {
  const { kind, channel, offset } = rule;
  const tell = (subject: string, person: Person, version: number): Notice => ({
    kind,
    subject,
    person,
    channel,
    version,
    offset,
  });
  const bookings = [...model.bookings.values()];
  switch (rule.event) {
    case "session_starts":
      return bookings
        .filter((booking) => booking.status === "confirmed" && booking.startsAt > model.now)
        .filter(({ startsAt }) => isDue(startsAt, offset, model.now))
        .filter(({ startsAt, settledAt }) => settledAt <= startsAt + offset * MINUTE)
        .map((booking) => tell(booking.id, booking[rule.recipient], booking.sequence + 1));
    case "review_due":
      return bookings
        .filter(({ endsAt }) => isDue(endsAt, offset, model.now))
        .filter((booking) => isReviewable(booking, model))
        .map((booking) => tell(booking.id, booking.client, 1));
    case "no_next_session":
      return bookings
        .filter(({ endsAt }) => isDue(endsAt, offset, model.now))
        .filter((booking) => isLast(booking, model))
        .map((booking) => tell(booking.id, booking.client, 1));
    case "message_unanswered":
      return model.messages
        .filter(({ at }) => isDue(at, offset, model.now))
        .filter((message) => beginsRun(message, model))
        .map((message) => ({ message, owes: other(message) }))
        .filter(({ message, owes }) => owes === message[rule.recipient])
        .filter(({ message, owes }) => isOwed(message.conversation, message.seq, owes, model))
        .map(({ message, owes }) => tell(message.conversation, owes, message.seq));
  }
}

/** Whether a moment at this distance from an event has come, and not too long ago. */
function isDue(eventAt: number, offset: number, now: number): boolean {
  const late = now - (eventAt + offset * MINUTE);
  const most = Math.min(Math.max((Math.abs(offset) / 2) * MINUTE, 5 * MINUTE), 2 * DAY);
  return late >= 0 && late < most;
}

/** Whether a notice is true at the model's moment. */
export function isTrue(notice: Notice, model: Model): boolean {
  const booking = model.bookings.get(notice.subject);
  switch (notice.kind) {
    case "message_unanswered":
      return isOwed(notice.subject, notice.version, notice.person, model);
    case "booking_confirmed":
      return booking?.status === "confirmed" || booking?.status === "completed";
    case "booking_moved":
      return booking?.status === "confirmed" && notice.version === booking.sequence + 1;
    case "booking_cancelled":
      return booking?.status === "cancelled";
    case "session_reminder":
    case "session_soon":
      return (
        booking?.status === "confirmed" &&
        booking.startsAt > model.now &&
        notice.version === booking.sequence + 1
      );
    case "review_reminder":
      return booking !== undefined && isReviewable(booking, model);
    case "next_session":
      return booking !== undefined && isLast(booking, model);
    default:
      throw new Error(`The model does not know ${notice.kind}.`);
  }
}

/** How its recipient wants a notice at the model's moment. */
export function wanted(notice: Notice, model: Model): Delivery {
  const group = groupOf(notice);
  if (!group || notice.channel === "in_app") return "at_once";
  return model.choices[notice.person].deliveries.get(group) ?? "at_once";
}

/** Whether a notice is better told twice than not at all: it is about something that its reader does. */
export function isTransactional(notice: Notice): boolean {
  const group = groupOf(notice);
  return group === null || group === "sessions";
}

/** What a notice belongs to that people choose about; null when it is required. */
export function groupOf({ kind }: Notice): string | null {
  return GROUPS[kind] ?? null;
}

/** Whether it is within somebody's quiet hours, by the clock on their wall. */
export function isQuiet(person: Person, model: Model): boolean {
  const { quiet } = model.choices[person];
  if (!quiet) return false;
  const time = wallTime(model.now, person);
  return quiet.from < quiet.until
    ? time >= quiet.from && time < quiet.until
    : time >= quiet.from || time < quiet.until;
}

const clocks = new Map(
  Object.entries(ZONES).map(([person, timeZone]) => [
    person,
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
  ]),
);

/** A time of day in somebody's zone, "07:30". */
export function wallTime(at: number, person: Person): string {
  return clocks.get(person)!.format(at).slice(-5);
}

/** Whether eight in the morning came for somebody between two moments; of a Monday, for a week's digest. */
export function hadMorning(person: Person, after: number, until: number, isWeekly: boolean) {
  const clock = clocks.get(person)!;
  const quarter = 15 * MINUTE;
  for (let at = Math.floor(after / quarter) * quarter + quarter; at <= until; at += quarter) {
    const words = clock.format(at);
    if (words.endsWith("08:00") && (!isWeekly || words.startsWith("Mon"))) return true;
  }
  return false;
}

/** A client reviews a session within a week, and no coach twice within thirty days. */
function isReviewable(booking: Booking, { now, bookings }: Model): boolean {
  return (
    booking.status === "completed" &&
    booking.reviewedAt === null &&
    now < booking.endsAt + 7 * DAY &&
    ![...bookings.values()].some(
      ({ client, coach, reviewedAt }) =>
        client === booking.client &&
        coach === booking.coach &&
        reviewedAt !== null &&
        reviewedAt > now - 30 * DAY,
    )
  );
}

function isLast(booking: Booking, { bookings }: Model): boolean {
  if (booking.status !== "completed") return false;
  return [...bookings.values()]
    .filter(({ client, coach }) => client === booking.client && coach === booking.coach)
    .every(
      ({ status, startsAt }) =>
        status === "cancelled" || (status === "completed" && startsAt <= booking.startsAt),
    );
}

function other({ sender, client, coach }: Message): Person {
  return sender === client ? coach : client;
}

function beginsRun(message: Message, { messages }: Model): boolean {
  const before = messages.find(
    ({ conversation, seq }) => conversation === message.conversation && seq === message.seq - 1,
  );
  return before?.sender !== message.sender;
}

function isOwed(conversation: string, from: number, person: Person, { messages }: Model): boolean {
  return !messages.some(
    (each) => each.conversation === conversation && each.seq > from && each.sender === person,
  );
}
