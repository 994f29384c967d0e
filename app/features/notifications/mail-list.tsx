import { DateTime } from "~/components/date-time";
import { Row, RowList } from "~/components/row-list";

import type { SentMail } from "./mails.server";

/** What was mailed to one, the newest first: what it was called, when, and what became of it. */
export function MailList({ mails, timeZone }: { mails: SentMail[]; timeZone: string }) {
  return (
    <RowList>
      {mails.map(({ id, subject, sentAt, state }) => (
        <Row key={id} title={<span className="break-words">{subject}</span>}>
          <p>
            <DateTime instant={sentAt} timeZone={timeZone} />
          </p>
          <p>{state}</p>
        </Row>
      ))}
    </RowList>
  );
}
