import { createSecret } from "./ids.ts";

export type ClerkErrorBody = {
  errors: ReturnType<typeof errorJson>[];
  clerk_trace_id: string;
};

/** A refusal as Clerk words it. Routes throw it; the app answers with its status and body. */
export class ClerkError extends Error {
  readonly status: number;
  readonly code: string;
  readonly longMessage: string;
  readonly meta: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { long?: string; meta?: Record<string, unknown>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.longMessage = options.long ?? message;
    this.meta = options.meta ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Clerk's error envelope. */
export function errorBody(error: ClerkError): ClerkErrorBody {
  return { errors: [errorJson(error)], clerk_trace_id: createSecret() };
}

/** A refusal as it stands in an envelope, or in a verification that came to nothing. */
export function errorJson({ code, message, longMessage, meta }: ClerkError) {
  return { code, message, long_message: longMessage, meta };
}

function forField(field: string, code: string, message: string, long = message): ClerkError {
  return new ClerkError(422, code, message, { long, meta: { param_name: field } });
}

function notFound(thing: string, id: string): ClerkError {
  return new ClerkError(404, "resource_not_found", "not found", {
    long: `No ${thing} was found with id ${id}`,
  });
}

/**
 * Every refusal the emulator knows, with the code, status and wording of
 * https://clerk.com/docs/guides/development/errors/frontend-api.
 */
export const refusals = {
  missing: (field: string) =>
    forField(field, "form_param_missing", "is missing", `${field} must be included.`),
  unknown: (field: string) =>
    forField(
      field,
      "form_param_unknown",
      "is unknown",
      `${field} is not a valid parameter for this request.`,
    ),
  duplicate: (field: string) =>
    forField(
      field,
      "form_param_duplicate",
      "is duplicate",
      `${field} included multiple times. There should only be one.`,
    ),
  invalidValue: (field: string, value: string) =>
    forField(
      field,
      "form_param_value_invalid",
      "is invalid",
      `${value} does not match one of the allowed values for parameter ${field}`,
    ),
  invalidEmail: (field: string) =>
    forField(
      field,
      "form_param_format_invalid",
      "is invalid",
      `${field} must be a valid email address.`,
    ),
  emailTaken: () =>
    forField(
      "email_address",
      "form_identifier_exists",
      "That email address is taken. Please try another.",
    ),
  unknownIdentifier: () =>
    forField("identifier", "form_identifier_not_found", "Couldn't find your account."),
  wrongPassword: () =>
    forField(
      "password",
      "form_password_incorrect",
      "Password is incorrect. Try again, or use another method.",
    ),
  passwordTooShort: (minimum: number) =>
    forField(
      "password",
      "form_password_length_too_short",
      `Passwords must be ${minimum} characters or more.`,
    ),
  passwordTooLong: (maximum: number) =>
    forField(
      "password",
      "form_password_length_too_long",
      `Passwords must be less than ${maximum} characters.`,
    ),
  passwordPwned: () =>
    forField(
      "password",
      "form_password_pwned",
      "Password has been found in an online data breach. For account safety, please use a different password.",
    ),
  legalNotAccepted: () =>
    forField(
      "legal_accepted",
      "legal_not_accepted",
      "legal not accepted",
      "Legal consent must be accepted in order to continue.",
    ),
  wrongCode: () => forField("code", "form_code_incorrect", "is incorrect", "Incorrect code"),
  noPassword: () =>
    new ClerkError(400, "no_password_set", "no password set", {
      long: "This user does not have a password set for their account",
    }),
  wrongStrategy: () =>
    new ClerkError(400, "strategy_for_user_invalid", "Invalid verification strategy", {
      long: "The verification strategy is not valid for this account",
    }),
  verificationMissing: () =>
    new ClerkError(400, "verification_missing", "is missing", {
      long: "This strategy requires verification preparation before attempting to validate it.",
    }),
  verificationExpired: () =>
    new ClerkError(400, "verification_expired", "expired", {
      long: "This verification has expired. You must create a new one.",
    }),
  verificationFailed: () =>
    new ClerkError(400, "verification_failed", "failed", {
      long: "Too many failed attempts. You have to try again with the same or another method.",
    }),
  alreadyVerified: () =>
    new ClerkError(400, "verification_already_verified", "already verified", {
      long: "This verification has already been verified.",
    }),
  tooManyCodes: (seconds: number) =>
    new ClerkError(
      429,
      "verification_code_too_many_requests",
      "Too many verification code requests",
      {
        long: "Too many verification code requests. Please wait at least 30 seconds to receive your code before trying again.",
        retryAfterSeconds: seconds,
      },
    ),
  tooManyRequests: (seconds: number) =>
    new ClerkError(429, "too_many_requests", "Too many requests. Please try again in a bit.", {
      long: "Too many requests, retry later",
      retryAfterSeconds: seconds,
    }),
  locked: (seconds: number) =>
    new ClerkError(403, "user_locked", "Account locked", {
      long: `Your account is locked. You will be able to try again in ${Math.ceil(seconds / 60)} minutes. For more information, please contact support.`,
      meta: { lockout_expires_in_seconds: seconds },
    }),
  banned: () =>
    new ClerkError(403, "user_banned", "User banned", {
      long: "You have been banned. If you think this was by mistake, please contact support.",
    }),
  consentDenied: () =>
    new ClerkError(400, "oauth_access_denied", "Access denied to connected provider", {
      long: "You did not grant access to your Google account",
    }),
  accountElsewhereUnknown: () =>
    new ClerkError(422, "external_account_not_found", "Invalid external account", {
      long: "The External Account was not found.",
    }),
  accountElsewhereExists: () =>
    new ClerkError(400, "external_account_exists", "External account already exists", {
      long: "This external account already exists.",
    }),
  sessionExists: () =>
    new ClerkError(400, "session_exists", "Session already exists", {
      long: "You're already signed in.",
    }),
  identificationClaimed: () =>
    new ClerkError(400, "identification_claimed", "Identification claimed by another user", {
      long: "One or more identifiers on this sign up have since been connected to a different User. Please sign up again.",
    }),
  invalidState: (action: string, resolution: string) =>
    new ClerkError(400, "client_state_invalid", "Invalid action", {
      long: `We were unable to complete ${action} for this Client. ${resolution}`,
    }),
  olderAttempt: (kind: string) =>
    new ClerkError(
      403,
      "resource_forbidden",
      `Update operations are not allowed on older ${kind}s`,
    ),
  signedOut: () => new ClerkError(401, "signed_out", "Signed out", { long: "You are signed out" }),
  unauthenticated: () =>
    new ClerkError(401, "authentication_invalid", "Invalid authentication", {
      long: "Unable to authenticate the request, you need to supply an active session",
    }),
  invalidHost: () =>
    new ClerkError(400, "host_invalid", "Invalid host", {
      long: "We were unable to attribute this request to an instance running on Clerk. Make sure that your Clerk Publishable Key is correct.",
    }),
  originMissing: () =>
    new ClerkError(400, "request_header_missing", "Invalid request headers", {
      long: "To protect against standard web attacks, the HTTP Origin header is required in browser requests.",
    }),
  originInvalid: () =>
    new ClerkError(400, "origin_invalid", "Invalid HTTP Origin header", {
      long: "The Request HTTP Origin header must be equal to or a subdomain of the requesting URL.",
    }),
  proxySecretMissing: () =>
    new ClerkError(400, "proxy_request_missing_secret_key", "missing secret key", {
      long: "When using a proxy, it's required to also pass the instance secret key in the Clerk-Secret-Key header.",
    }),
  proxySecretInvalid: () =>
    new ClerkError(401, "proxy_request_invalid_secret_key", "invalid secret key", {
      long: "The secret key given with this proxy request is invalid.",
    }),
  secretKeyInvalid: () =>
    new ClerkError(401, "clerk_key_invalid", "The provided Clerk Secret Key is invalid.", {
      long: "Make sure that your Clerk Secret Key is correct.",
    }),
  wrongVersion: (given: string) =>
    new ClerkError(400, "api_version_invalid", "Invalid API version", {
      long: `${given} is not a version of the API that this emulator speaks.`,
    }),
  unsupportedContentType: (given: string) =>
    new ClerkError(415, "unsupported_content_type", "Content-Type is unsupported", {
      long: `Content-Type ${given} is unsupported. You should use application/x-www-form-urlencoded instead.`,
    }),
  invalidBody: () =>
    new ClerkError(400, "request_body_invalid", "Request body invalid", {
      long: "The request body is invalid. Please consult the API documentation for more information.",
    }),
  invalidRedirect: () =>
    new ClerkError(
      422,
      "redirect_url_domain_mismatch",
      "Redirect url does not belong to your domain",
      {
        long: "The provided redirect URL must belong to your instance's domain",
      },
    ),
  userNotFound: (id: string) => notFound("user", id),
  sessionNotFound: (id: string) => notFound("session", id),
  signInNotFound: (id: string) => notFound("sign in", id),
  signUpNotFound: (id: string) => notFound("sign up", id),
  routeNotFound: () =>
    new ClerkError(404, "resource_not_found", "not found", { long: "Resource not found" }),
};
