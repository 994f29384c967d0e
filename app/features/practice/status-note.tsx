import type { ReactNode } from "react";

import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import type { Progress } from "~/features/coaches/practice.server";
import { coachDeskPath } from "~/lib/paths";

type Note = { look: "default" | "warning" | "destructive"; title: string; text: ReactNode };

/** Says on every page of the desk that clients can't book, and why; nothing when they can. */
export function StatusNote({ progress }: { progress: Progress }) {
  const note = noteOf(progress);
  if (!note) return null;
  return (
    <aside
      aria-label="State of your practice"
      className="mx-auto w-full max-w-page px-5 pt-6 sm:px-8"
    >
      <Alert variant={note.look}>
        <AlertTitle>{note.title}</AlertTitle>
        <AlertDescription>{note.text}</AlertDescription>
      </Alert>
    </aside>
  );
}

function noteOf({ status }: Progress): Note | null {
  switch (status) {
    case "draft":
      return {
        look: "warning",
        title: "Your practice is a draft",
        text: (
          <>
            Nobody can find it yet.{" "}
            <a href={coachDeskPath()} className="text-link">
              See what is left to do
            </a>
          </>
        ),
      };
    case "applied":
      return {
        look: "default",
        title: "We are reading your application",
        text: "You get a mail when your page is live. Until then you can go on improving it.",
      };
    case "paused":
      return {
        look: "warning",
        title: "Your practice is paused",
        text: "Clients can’t find or book you. Sessions that are booked take place.",
      };
    case "suspended":
      return {
        look: "destructive",
        title: "Your practice is suspended",
        text: "It is not listed and can’t be changed. Answer the mail we sent you about it, and we’ll look at it together.",
      };
    case "approved":
      return null;
  }
}
