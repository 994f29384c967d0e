import type { ErrorHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import type { EmulatorEnv } from "../shared/serve.ts";

/** A refusal in Resend's words. */
export class MailError extends Error {
  readonly status: ContentfulStatusCode;
  /** Resend's name of the error, such as validation_error. */
  readonly kind: string;

  constructor(status: ContentfulStatusCode, kind: string, message: string) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/** The JSON that Resend answers errors with. */
export function errorBody(statusCode: number, name: string, message: string) {
  return { statusCode, name, message };
}

/** Answers errors of the API the way Resend does. */
export const answerError: ErrorHandler<EmulatorEnv> = (error, context) => {
  if (!(error instanceof MailError)) throw error;
  return context.json(errorBody(error.status, error.kind, error.message), error.status);
};
