import { Form } from "@remix-run/react";
import MessageSquare from "lucide-react/icons/message-square";

import { Avatar } from "~/components/avatar";
import { Rating } from "~/components/stars";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { coachMessagePath } from "~/lib/paths";

import { nameOf, type SearchChoices } from "./coach-search";
import type { Coach } from "./coaches.server";

type CoachHeaderProps = { coach: Coach; choices: SearchChoices };

/** Who a coach is: name, what they stand for, how they are rated, what they are good at, how to ask. */
export function CoachHeader({ coach, choices }: CoachHeaderProps) {
  const { listing } = coach;
  return (
    <header className="flex flex-col gap-6 sm:flex-row sm:items-start sm:gap-8">
      <Avatar name={coach.display_name} seed={coach.id} className="size-24 rounded-lg sm:size-36" />
      <div className="min-w-0 flex-1 space-y-3">
        <h1 className="text-display-md sm:text-display-lg">{coach.display_name}</h1>
        <p className="max-w-2xl text-lg leading-relaxed">{coach.headline}</p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-[0.9375rem]">
          <Rating rating={listing.rating_average ?? 0} count={listing.review_count} />
          {listing.sessions_held > 0 ? (
            <span className="text-muted-foreground">
              {listing.sessions_held.toLocaleString("en-US")}{" "}
              {listing.sessions_held === 1 ? "session" : "sessions"} held here
            </span>
          ) : null}
        </div>
        <ul aria-label="Specialties" className="flex flex-wrap gap-1.5 pt-1">
          {(coach.specialties ?? []).map((slug) => (
            <li key={slug}>
              <Badge>{nameOf(slug, choices.specialties)}</Badge>
            </li>
          ))}
        </ul>
        <Form method="post" action={coachMessagePath(coach.slug)} className="pt-2">
          <Button type="submit" variant="outline">
            <MessageSquare aria-hidden /> Write to {coach.display_name.split(" ")[0]}
          </Button>
        </Form>
      </div>
    </header>
  );
}
