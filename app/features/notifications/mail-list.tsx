/** What we mail, and why: nobody should have to guess which mails will come. */
const MAILS = [
  { what: "A session is booked", why: "with the time in your zone and a file for your calendar" },
  { what: "A session is tomorrow, or starts in 15 minutes", why: "only if it still takes place" },
  { what: "A session is cancelled", why: "with what comes back, if you paid" },
  { what: "A sooner time opens", why: "if you asked for it, at most three a day" },
  {
    what: "A membership begins, is charged again, or could not be charged",
    why: "days before it is charged, with the way to cancel",
  },
  { what: "A message waits for you", why: "if it is unread after five minutes" },
  { what: "A session was held", why: "asking you for a review, once" },
  { what: "Your practice is approved or reviewed", why: "if you coach" },
] as const;

/** Every kind of mail a person can get from us. */
export function MailList() {
  return (
    <ul className="divide-y rounded-lg border bg-card">
      {MAILS.map((mail) => (
        <li key={mail.what} className="px-5 py-3">
          <span className="font-medium">{mail.what}</span>
          <span className="text-muted-foreground">, {mail.why}.</span>
        </li>
      ))}
    </ul>
  );
}
