import type { Submission } from "@conform-to/react";

import type { DomainError } from "./domain-error.ts";

type Refusal = Pick<DomainError, "code" | "message" | "detail">;

/**
 * Which field of a form a refusal is about, or how its detail tells. Refusals that are not here are
 * about the whole form.
 */
export type FieldByCode<Field extends string = string> = Partial<
  Record<DomainError["code"], Field | ((error: Refusal) => Field | undefined)>
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
  error: Refusal,
  fieldByCode: FieldByCode = {},
) {
  const known = fieldByCode[error.code];
  const field = typeof known === "function" ? known(error) : known;
  return field
    ? submission.reply({ fieldErrors: { [field]: [error.message] } })
    : submission.reply({ formErrors: [error.message] });
}
