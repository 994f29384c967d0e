import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Button } from "~/components/ui/button";
import { coachesPath } from "~/lib/paths";

/** The inbox of somebody who has not written to anybody. */
export function EmptyInbox() {
  return (
    <Page>
      <PageHeader title="Messages" />
      <EmptyState
        title="Nobody has written yet"
        action={
          <Button asChild>
            <a href={coachesPath()}>Find a coach</a>
          </Button>
        }
      >
        You can write to a coach from their page, before you book anything. With everyone you have a
        session with, there is a conversation here.
      </EmptyState>
    </Page>
  );
}
