/** Which input a refusal is about; null when it is about the whole form. */
type RefusedField = "email" | "password" | "code" | null;

/** Why a step of sign-in was refused, in words for the person. */
export type Refusal = {
  /** The code of Clerk, or ours; for the security log. */
  code: string;
  status: number;
  field: RefusedField;
  message: string;
  /** Seconds until another try makes sense. */
  retryAfterSeconds?: number;
  /** The attempt is over: only a new one helps. */
  isFinal?: boolean;
};

/** A refusal as Clerk's Frontend API puts it. */
type ClerkRefusal = {
  status: number;
  errors: readonly { code: string; message: string; meta: Record<string, unknown> }[];
  retryAfterSeconds: number | null;
};

// One text for both: who has an account here is not for strangers to find out.
const WRONG_CREDENTIALS = {
  field: null,
  message: "That e-mail and password don’t match. Check both, or reset your password.",
} as const;

const STALE = {
  field: null,
  message: "This took too long, or was continued elsewhere. Please start again.",
  isFinal: true,
} as const;

/** The attempt can't be gone on with: it is too old, or was begun in another browser. */
export const STALE_ATTEMPT: Refusal = { code: "attempt_stale", status: 422, ...STALE };

const WORDS: Record<string, { field: RefusedField; message: string; isFinal?: boolean }> = {
  form_identifier_not_found: WRONG_CREDENTIALS,
  form_password_incorrect: WRONG_CREDENTIALS,
  no_password_set: WRONG_CREDENTIALS,
  strategy_for_user_invalid: WRONG_CREDENTIALS,
  form_identifier_exists: {
    field: "email",
    message: "There is an account with this e-mail already. Sign in, or reset its password.",
  },
  form_param_format_invalid: {
    field: "email",
    message: "Enter a complete e-mail address, such as ana@example.com.",
  },
  form_password_pwned: {
    field: "password",
    message: "This password is known from a data breach elsewhere. Please choose another.",
  },
  form_code_incorrect: {
    field: "code",
    message: "That is not the code. Check the e-mail and try again.",
  },
  verification_expired: { field: "code", message: "That code has expired. Ask for a new one." },
  verification_failed: {
    field: "code",
    message: "That was one wrong code too many. Ask for a new one.",
  },
  user_banned: {
    field: null,
    message: "This account is closed. Write to us if that is a mistake.",
  },
  oauth_access_denied: {
    field: null,
    message: "You didn’t continue with Google, so you are not signed in.",
  },
  client_state_invalid: STALE,
  identification_claimed: STALE,
  resource_forbidden: STALE,
  resource_not_found: STALE,
  signed_out: STALE,
  verification_missing: STALE,
};

/**
 * Puts a refusal of Clerk into our words.
 *
 * @param refusal Clerk's answer
 * @returns what to show, where, and with which status
 */
export function wordRefusal({ status, errors, retryAfterSeconds }: ClerkRefusal): Refusal {
  const [error] = errors;
  const code = error?.code ?? `clerk_${status}`;

  if (code === "user_locked") {
    return locked(code, Number(error?.meta["lockout_expires_in_seconds"]) || 3600);
  }
  if (status === 429) return tooManyTries(retryAfterSeconds ?? 60, code);

  // How long a password must be is Clerk's setting, so its sentence is the one that is true.
  const words = code.startsWith("form_password_")
    ? (WORDS[code] ?? { field: "password", message: error?.message ?? "" })
    : WORDS[code];
  if (words) return { code, status: 422, ...words };
  return { code, status: 422, field: null, message: "That didn’t work. Please try again." };
}

/**
 * @param seconds how long to wait
 * @param code for the security log
 * @returns the refusal of somebody who is too fast
 */
export function tooManyTries(seconds: number, code = "rate_limited"): Refusal {
  return {
    code,
    status: 429,
    field: null,
    message: `Too many tries. Please wait ${waitInWords(seconds)} and try again.`,
    retryAfterSeconds: seconds,
  };
}

/** Nothing was decided: Clerk did not answer. */
export const UNAVAILABLE: Refusal = {
  code: "clerk_unavailable",
  status: 503,
  field: null,
  message: "Sign-in is not answering right now. Nothing was saved; please try again in a minute.",
  retryAfterSeconds: 60,
};

/**
 * @param seconds how long to wait
 * @returns the same for a person: "a minute", "5 minutes", "2 hours"
 */
function waitInWords(seconds: number): string {
  if (seconds <= 60) return "a minute";
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? "an hour" : `${hours} hours`;
}

function locked(code: string, seconds: number): Refusal {
  return {
    code,
    status: 429,
    field: null,
    message: `Too many wrong tries, so this account is locked for ${waitInWords(seconds)}. After that you can sign in or reset your password.`,
    retryAfterSeconds: seconds,
  };
}
