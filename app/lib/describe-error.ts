type Copy = { title: string; message: string };

const COPY_BY_STATUS: Record<number, Copy> = {
  400: {
    title: "We couldn’t read that request",
    message:
      "Something in the address or the form didn’t arrive the way it was sent. Go back and try once more.",
  },
  401: {
    title: "Please sign in",
    message: "This page belongs to an account. Sign in and we’ll bring you straight back here.",
  },
  403: {
    title: "That isn’t open to you",
    message: "You are signed in, but this can’t be done from your account.",
  },
  404: {
    title: "Nobody home at this address",
    message:
      "The page may have moved, or the link may be missing a piece. Nothing you had was lost.",
  },
  410: {
    title: "This is no longer available",
    message: "It was here once, and has since been taken down or has run out.",
  },
  422: {
    title: "That can’t be done right now",
    message:
      "What you asked for doesn’t fit the way things stand. Go back, look again and try once more.",
  },
  429: {
    title: "That was a lot in a short time",
    message: "We slow things down to keep accounts safe. Wait a minute, then try again.",
  },
  500: {
    title: "Something broke on our side",
    message:
      "It has been recorded and we’ll look into it. Try again; if it keeps happening, write to us.",
  },
  503: {
    title: "We can’t reach part of our system",
    message: "Nothing was saved and nothing was charged. Give it a minute and try again.",
  },
};

export type ErrorDescription = Copy & {
  status: number;
  /** Our failure, not the reader's: worth quoting a request id for. */
  isOurs: boolean;
};

/**
 * The words for an error page.
 *
 * @param response what a route threw on purpose; null for anything unexpected. Data of the form
 *   `{ message }` is shown as it is if the status is below 500: those are sentences of ours
 * @returns status, title and message; an unknown status gets the words of its class
 */
export function describeError(
  response: { status: number; data: unknown } | null,
): ErrorDescription {
  const status = response?.status ?? 500;
  const isOurs = status >= 500;
  const copy = COPY_BY_STATUS[status] ?? COPY_BY_STATUS[isOurs ? 500 : 400]!;
  const message = (isOurs ? undefined : messageOf(response?.data)) ?? copy.message;
  return { status, title: copy.title, message, isOurs };
}

function messageOf(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || !("message" in data)) return undefined;
  return typeof data.message === "string" ? data.message : undefined;
}
