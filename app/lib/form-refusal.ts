import type { Submission } from "@conform-to/react";

import type { DomainError } from "./domain-error.ts";

/** Which field of a form a refusal is about. Refusals that are not here are about the whole form. */
export type FieldByCode<Field extends string = string> = Partial<
  Record<DomainError["code"], Field>
>;

/**
 * A form's answer when the database refuses it: the sentence beside the field it is about, and all
 * that was typed.
 *
 * @param submission what was sent
 * @param error the refusal
 * @param fieldByCode which field each code is about
 */
export function replyWithRefusal<Value>(
  submission: Submission<Value, string[]>,
  error: Pick<DomainError, "code" | "message">,
  fieldByCode: FieldByCode = {},
) {
  const field = fieldByCode[error.code];
  return field
    ? submission.reply({ fieldErrors: { [field]: [error.message] } })
    : submission.reply({ formErrors: [error.message] });
}
