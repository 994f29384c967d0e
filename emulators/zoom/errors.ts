import type { ErrorHandler, NotFoundHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import type { EmulatorEnv } from "../shared/serve.ts";

/** A refusal in Zoom's words: HTTP status, Zoom's own code, sentence, and the fields at fault. */
export class ZoomError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: number;
  readonly errors: { field: string; message: string }[];
  readonly headers: Record<string, string>;

  constructor(
    status: ContentfulStatusCode,
    code: number,
    message: string,
    errors: { field: string; message: string }[] = [],
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** Something that is not there: 1001 users, 3001 meetings, 3301 recordings. */
export function notFound(code: 1001 | 3001 | 3301, message: string): ZoomError {
  return new ZoomError(404, code, message);
}

/** Answers errors of the API the way Zoom does. */
export const answerError: ErrorHandler<EmulatorEnv> = (error, context) => {
  if (!(error instanceof ZoomError)) throw error;
  const { code, message, errors, status, headers } = error;
  const body = errors.length > 0 ? { code, message, errors } : { code, message };
  return context.json(body, status, headers);
};

/** Answers unknown paths of the API the way Zoom does. */
export const answerUnknown: NotFoundHandler<EmulatorEnv> = (context) =>
  context.json({ code: 2300, message: "This API endpoint is not recognized." }, 404);
