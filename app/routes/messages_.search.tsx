import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Button } from "~/components/ui/button";
import { Input } from "~/components/ui/input";
import { Label } from "~/components/ui/label";
import { searchMessages } from "~/features/messages/search-messages.server";
import { splitMarks } from "~/features/messages/split-marks";
import { requireOnboarded } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { conversationPath, messagesPath, searchMessagesPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";
import { readTimeZone } from "~/lib/time-zone.server";

const QuerySchema = textSchema();

export const meta: MetaFunction = () => [{ title: pageTitle("Search in messages") }];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireOnboarded(args);
  const query = QuerySchema.parse(new URL(args.request.url).searchParams.get("q") ?? "");
  const page = readPage(args.request);
  const { timeZone } = readTimeZone(args.request, viewer);
  const isAsked = viewer.signedIn && query !== "";
  const { found, hasNext } = isAsked
    ? await searchMessages(viewer.db, query, page)
    : { found: [], hasNext: false };
  return { query, page, timeZone, found, hasNext };
}

/** A plain form and what was found: each leads to its place in the thread. */
export default function SearchMessagesRoute() {
  const { query, page, timeZone, found, hasNext } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        title="Search in messages"
        lead={
          <Link to={messagesPath()} className="text-link">
            All messages
          </Link>
        }
      />
      <Form role="search" action={searchMessagesPath()} className="flex items-end gap-3">
        <div className="min-w-0 flex-1 space-y-1.5">
          <Label htmlFor="query">Words</Label>
          <Input
            id="query"
            type="search"
            name="q"
            defaultValue={query}
            maxLength={200}
            aria-describedby="query-hint"
          />
        </div>
        <Button type="submit" className="h-12">
          Search
        </Button>
      </Form>
      <p id="query-hint" className="mb-8 mt-2 text-[0.9375rem] text-muted-foreground">
        “In quotes” finds words that stand together; -without leaves a word out.
      </p>
      {query && found.length === 0 ? (
        <p className="rounded-lg border bg-card p-6">Nothing was found for “{query}”.</p>
      ) : null}
      <ol className="divide-y rounded-lg border bg-card empty:hidden">
        {found.map((message) => (
          <li key={`${message.conversation_id} ${message.seq}`}>
            <Link
              to={conversationPath(message.conversation_id, { before: message.seq + 1 })}
              className="block space-y-1 p-4 hover:bg-accent"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-semibold">{message.counterpart_name}</span>
                <DateTime
                  instant={message.created_at}
                  timeZone={timeZone}
                  format="short-date"
                  className="shrink-0 text-[0.8125rem] text-muted-foreground"
                />
              </span>
              <span className="block break-words text-[0.9375rem] text-muted-foreground">
                {message.is_own ? "You: " : null}
                {splitMarks(message.excerpt).map((part, index) =>
                  index % 2 === 1 ? (
                    <mark key={index} className="rounded-sm bg-lamp px-0.5 text-lamp-foreground">
                      {part}
                    </mark>
                  ) : (
                    part
                  ),
                )}
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <Pagination page={page} hasNext={hasNext} toPage={(to) => searchMessagesPath(query, to)} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
