const WHY: Record<string, string> = {
  given_back: "Not counted or shown to others: what was paid for this session was given back.",
  missed: "Not counted or shown to others: it was decided that this session did not take place.",
  newer: "Not counted: this client has written again since, and the newest review counts.",
};

type VoidNoteProps = {
  /** As review_voided_by says, or "newer"; null when it counts. */
  voidedBy: string | null;
  /** What an admin gave as reason. */
  removedBecause: string | null;
};

/** Why a review counts nowhere, for the two whom it is between. */
export function VoidNote({ voidedBy, removedBecause }: VoidNoteProps) {
  if (voidedBy === null) return null;
  return (
    <p className="mt-3 max-w-prose border-l-4 pl-4 text-[0.9375rem] text-muted-foreground">
      {voidedBy === "removed"
        ? `We removed this review, and it is not counted. Why: ${removedBecause}`
        : WHY[voidedBy]}
    </p>
  );
}
