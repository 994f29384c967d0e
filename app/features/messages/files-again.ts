import type { SubmissionResult } from "@conform-to/react";

const AGAIN = "Your files are no longer chosen. Choose them again before you send.";

/**
 * Says beside the field that files are to be chosen again when a form with files comes back: browsers send
 * nobody's files back, and the message would leave without them.
 *
 * @param result the form's answer
 * @param files what was chosen; of a single one that was refused it is known already
 */
export function askForFilesAgain(
  result: SubmissionResult<string[]>,
  files: readonly unknown[],
): SubmissionResult<string[]> {
  const refused = result.error?.["files"] ?? [];
  if (files.length <= refused.length) return result;
  return { ...result, error: { ...result.error, files: [...refused, AGAIN] } };
}
