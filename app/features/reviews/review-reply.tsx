type ReviewReplyProps = {
  /** Who replied, above their words: a name, or "You". */
  by: string;
  words: string | null;
  /** An admin removed it. */
  isRemoved: boolean;
  /** What they gave as reason, for the two whom the review is between. */
  removedBecause?: string | null;
  /** Where it is reported, for who may do that. */
  reportPath?: string;
};

/** What the coach answered to a review, if they did; or that it was removed. */
export function ReviewReply(props: ReviewReplyProps) {
  const { by, words, isRemoved, removedBecause, reportPath } = props;
  if (isRemoved) {
    return (
      <p className="mt-4 max-w-prose border-l-4 pl-4 text-[0.9375rem] text-muted-foreground">
        {by === "You" ? "We removed your reply." : `We removed the reply by ${by}.`}
        {removedBecause ? ` Why: ${removedBecause}` : null}
      </p>
    );
  }
  if (!words) return null;
  return (
    <div className="mt-4 max-w-prose border-l-4 border-l-lamp pl-4">
      <p className="text-[0.9375rem] font-semibold">{by} replied</p>
      <p className="mt-1 whitespace-pre-line leading-relaxed">{words}</p>
      {reportPath ? (
        <p className="mt-2 text-[0.9375rem]">
          <a
            href={reportPath}
            rel="nofollow"
            className="text-muted-foreground underline underline-offset-4"
          >
            Report the reply<span className="sr-only"> by {by}</span>
          </a>
        </p>
      ) : null}
    </div>
  );
}
