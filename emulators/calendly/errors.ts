import type { ErrorHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

type Detail = { parameter?: string; message: string; code?: string };

const TITLES: Partial<Record<number, string>> = {
  400: "Invalid Argument",
  401: "Unauthenticated",
  403: "Permission Denied",
  404: "Resource Not Found",
  409: "Already Exists",
  424: "External Calendar Error",
  429: "Too Many Requests",
};

/** A refusal in Calendly's words. */
export class CalendlyError extends Error {
  readonly status: ContentfulStatusCode;
  readonly details: Detail[];
  readonly headers: Record<string, string>;

  constructor(
    status: ContentfulStatusCode,
    message: string,
    details: Detail[] = [],
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

/** The JSON of a failure. */
export function errorBody(status: number, message = "Injected fault.", details: Detail[] = []) {
  const title = TITLES[status] ?? "Internal Server Error";
  return details.length > 0 ? { title, message, details } : { title, message };
}

/** Answers errors of the API the way Calendly does. */
export const answerError: ErrorHandler = (error, context) => {
  if (!(error instanceof CalendlyError)) throw error;
  const { status, message, details, headers } = error;
  return context.json(errorBody(status, message, details), status, headers);
};

/** Something that is not there, or is somebody else's. */
export function notFound(): CalendlyError {
  return new CalendlyError(404, "The server could not find the requested resource.");
}

/** What the plan does not include. */
export function planTooSmall(): CalendlyError {
  return new CalendlyError(
    403,
    "Please upgrade your Calendly account to Standard. This feature is not available on your plan.",
  );
}
