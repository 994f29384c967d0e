import { ahead, lowercase, sessionTime } from "./format.ts";
import type { MailBooking, Notification } from "./notification.ts";
import type { Words } from "./words.ts";

type Seats = NonNullable<MailBooking["seats"]>;

/**
 * What a mail about a seat at a date of a group session says: a date goes on when somebody gives up
 * their seat, and its coach meets all of them. The coach's calendar has the date itself, from their
 * feed, so no file puts each seat beside it.
 * @param words those about a session of two, which some kinds share
 */
export function seatWordsOf(
  { kind, told_at }: Notification,
  words: Words,
  booking: MailBooking,
  seats: Seats,
): Words {
  if (booking.party === "client") return clientWords(kind, words, booking);

  const { calendar: _none, ...rest } = words;
  return { ...rest, ...COACH_WORDS[kind]?.(booking, seats, told_at) };
}

function clientWords(kind: string, words: Words, booking: MailBooking): Words {
  if (kind !== "booking_cancelled") return words;

  const [, ...rest] = words.paragraphs;
  const about = `${booking.offer_title} with ${booking.coach_name}`;
  return booking.cancelled_by === "client"
    ? {
        ...words,
        subject: `You gave up your seat: ${about}`,
        paragraphs: ["You gave up your seat at this group session.", ...rest],
      }
    : {
        ...words,
        subject: `Called off: ${about}`,
        paragraphs: [
          "Your seat at this group session was called off. You don’t need to do anything.",
          ...rest,
        ],
      };
}

type Write = (
  booking: MailBooking,
  seats: Seats,
  toldAt: string,
) => Pick<Words, "subject" | "paragraphs">;

const COACH_WORDS: Record<string, Write> = {
  booking_confirmed: (booking, seats) => ({
    subject: `A seat is taken: ${booking.offer_title}`,
    paragraphs: [
      `${booking.client_name} has a seat at ${booking.offer_title}. ${takenSentence(seats)}`,
      ...when(booking),
      ...(booking.note ? [`They wrote: ${booking.note}`] : []),
    ],
  }),
  booking_moved: (booking, seats) => ({
    subject: `Another date: ${booking.offer_title}`,
    paragraphs: [
      `${booking.client_name} moved their seat at ${booking.offer_title} to another date. ${takenSentence(seats)}`,
      ...when(booking),
    ],
  }),
  booking_cancelled: (booking, seats) => ({
    subject: `A seat is free again: ${booking.offer_title}`,
    paragraphs: [
      `${booking.client_name} no longer has a seat at ${booking.offer_title}. ${takenSentence(seats)}`,
      ...when(booking),
      "The date takes place all the same.",
      ...(booking.cancel_reason ? [`The reason given: ${booking.cancel_reason}`] : []),
    ],
  }),
  session_reminder: (booking, seats, toldAt) => ({
    subject: `${ahead(booking, toldAt)}: ${booking.offer_title}`,
    paragraphs: [
      `Your group session ${booking.offer_title} is ${lowercase(ahead(booking, toldAt))}. ${takenSentence(seats)}`,
      ...when(booking),
    ],
  }),
  session_soon: (booking, seats, toldAt) => ({
    subject: `${ahead(booking, toldAt)}: ${booking.offer_title}`,
    paragraphs: [`You start it from its page. ${takenSentence(seats)}`, ...when(booking)],
  }),
};

function takenSentence({ taken, total }: Seats): string {
  return `${taken} of ${total} seats ${taken === 1 ? "is" : "are"} taken.`;
}

function when({ sessions, time_zone: timeZone }: MailBooking): string[] {
  return sessions.map(({ starts_at, ends_at }) => sessionTime(starts_at, ends_at, timeZone));
}
