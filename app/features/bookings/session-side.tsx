import { Form } from "@remix-run/react";
import CalendarClock from "lucide-react/icons/calendar-clock";
import MessageSquare from "lucide-react/icons/message-square";

import { DateTime } from "~/components/date-time";
import { Money } from "~/components/money";
import { Section } from "~/components/page";
import { Timeline, TimelineItem } from "~/components/timeline";
import { Button } from "~/components/ui/button";
import { AddToCalendar, type AddToCalendarProps } from "~/features/calendars/add-to-calendar";
import {
  bookingCalendarPath,
  bookingCancelPath,
  bookingMovePath,
  bookingSoonerPath,
  coachMessagePath,
  conversationPath,
} from "~/lib/paths";

import { eventDetails, eventWords, isLeftOut } from "./booking-status";
import type { History, Session } from "./bookings.server";

type SessionActionsProps = {
  bookingId: string;
  session: Session;
  calendarLinks: AddToCalendarProps["links"];
};

/** What can be done with a session besides what its state asks for. */
export function SessionActions({ bookingId, session, calendarLinks }: SessionActionsProps) {
  return (
    <div className="flex flex-wrap gap-3">
      {session.status === "confirmed" ? (
        <AddToCalendar links={calendarLinks} filePath={bookingCalendarPath(bookingId)} />
      ) : null}
      <MessageButton session={session} />
      {session.is_movable ? (
        <Button asChild variant="outline">
          <a href={bookingMovePath(bookingId)}>
            <CalendarClock aria-hidden />{" "}
            {session.group_date_id ? "Change the date" : "Change the time"}
          </a>
        </Button>
      ) : null}
      {session.is_cancellable && session.party === "client" && !session.group_date_id ? (
        <Button asChild variant="ghost">
          <a href={bookingSoonerPath(bookingId)}>Something sooner</a>
        </Button>
      ) : null}
      {session.is_cancellable ? (
        <Button asChild variant="ghost">
          <a href={bookingCancelPath(bookingId)}>Cancel this session</a>
        </Button>
      ) : null}
    </div>
  );
}

function MessageButton({ session }: { session: Session }) {
  const label = (
    <>
      <MessageSquare aria-hidden /> Write to {session.counterpart_name.split(" ")[0]}
    </>
  );
  if (session.conversation_id) {
    return (
      <Button asChild variant="outline">
        <a href={conversationPath(session.conversation_id)}>{label}</a>
      </Button>
    );
  }
  if (session.party !== "client") return null;
  return (
    <Form method="post" action={coachMessagePath(session.coach_slug)}>
      <Button type="submit" variant="outline">
        {label}
      </Button>
    </Form>
  );
}

/** What was agreed: the note, the session and its price. */
export function SessionFacts({ session }: { session: Session }) {
  const isClient = session.party === "client";
  return (
    <dl className="space-y-5">
      {session.note ? (
        <div>
          <dt className="font-semibold">
            {isClient ? "What you wrote" : `What ${session.counterpart_name} wrote`}
          </dt>
          <dd className="mt-1 whitespace-pre-line leading-relaxed">{session.note}</dd>
        </div>
      ) : null}
      {session.offer_description ? (
        <div>
          <dt className="font-semibold">About this session</dt>
          <dd className="mt-1 whitespace-pre-line leading-relaxed text-muted-foreground">
            {session.offer_description}
          </dd>
        </div>
      ) : null}
      <div>
        <dt className="font-semibold">Price</dt>
        <dd className="mt-1">
          {isLeftOut(session) ? (
            "Nothing: it was not taken"
          ) : session.is_credit_back ? (
            `Back in its ${session.credit_of}`
          ) : session.amount_cents === 0 ? (
            session.credit_of ? (
              "Prepaid"
            ) : (
              "Free"
            )
          ) : (
            <>
              <Money cents={session.amount_cents} alwaysCents />
              {session.credit_of ? ", paid for with a package" : ""}
            </>
          )}
          {session.refunded_cents > 0 ? (
            <span className="text-muted-foreground">
              , less a refund of <Money cents={session.refunded_cents} alwaysCents />
            </span>
          ) : null}
        </dd>
      </div>
    </dl>
  );
}

/** What happened, in order. */
export function SessionHistory({ session, history }: { session: Session; history: History }) {
  return (
    <Section title="What happened" className="mt-0">
      <Timeline>
        {history.events.map((event, index) => (
          <TimelineItem
            key={event.id}
            title={eventWords(
              event,
              session.party,
              session.counterpart_name,
              session.amount_cents === 0 || session.credit_of !== null,
            )}
            at={<DateTime instant={event.created_at} timeZone={session.time_zone} />}
            current={index === history.events.length - 1}
          >
            {eventDetails(event, session.time_zone).map((sentence) => (
              <p key={sentence} suppressHydrationWarning>
                {sentence}
              </p>
            ))}
          </TimelineItem>
        ))}
      </Timeline>
    </Section>
  );
}
