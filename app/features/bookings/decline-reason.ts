import { textSchema } from "~/lib/text-schema";

const LONGEST_REASON = 500;

/** What a coach writes to a client whose time they don't take; may be empty. */
export function declineReasonSchema() {
  return textSchema().refine((reason) => reason.length <= LONGEST_REASON, {
    error: "Say it in at most 500 characters.",
  });
}
