import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * An answer that is an error, in the shape of Supabase's Storage. Its HTTP status is 400 whatever
 * the cause, as there: only the body says which. What this stack does not do is a plain 501.
 */
export class StorageRefusal extends Error {
  readonly statusCode: number;
  readonly error: string;
  readonly code: string;

  /**
   * @param statusCode what the body says
   * @param error the short name that Supabase has kept for its oldest clients
   * @param code the one for newer ones
   * @param message a sentence for a developer
   */
  constructor(statusCode: number, error: string, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.error = error;
    this.code = code;
  }

  get status(): ContentfulStatusCode {
    return this.statusCode === 501 || this.statusCode === 500 ? this.statusCode : 400;
  }

  get body() {
    const { statusCode, error, code, message } = this;
    return { statusCode: String(statusCode), code, error, message };
  }
}

/** The refusals of Supabase's Storage that we need, in its words. */
export const REFUSALS = {
  noSuchBucket: () =>
    new StorageRefusal(404, "Bucket not found", "NoSuchBucket", "Bucket not found"),
  noSuchKey: () => new StorageRefusal(404, "not_found", "NoSuchKey", "Object not found"),
  keyExists: () =>
    new StorageRefusal(409, "Duplicate", "KeyAlreadyExists", "The resource already exists"),
  accessDenied: (message: string) =>
    new StorageRefusal(403, "Unauthorized", "AccessDenied", message),
  invalidToken: (message: string) =>
    new StorageRefusal(403, "Unauthorized", "AccessDenied", message),
  invalidJwt: (message: string) => new StorageRefusal(400, "InvalidJWT", "InvalidJWT", message),
  invalidSignature: () =>
    new StorageRefusal(400, "InvalidSignature", "InvalidSignature", "Invalid signature"),
  invalidKey: (key: string) =>
    new StorageRefusal(400, "InvalidKey", "InvalidKey", `Invalid key: ${key}`),
  invalidBody: (message: string) => new StorageRefusal(400, "Error", "InvalidRequest", message),
  noContent: () =>
    new StorageRefusal(400, "InvalidRequest", "InvalidRequest", "No content provided"),
  invalidMimeType: (mimeType: string) =>
    new StorageRefusal(
      415,
      "invalid_mime_type",
      "InvalidMimeType",
      `mime type ${mimeType} is not supported`,
    ),
  tooLarge: () =>
    new StorageRefusal(
      413,
      "Payload too large",
      "EntityTooLarge",
      "The object exceeded the maximum allowed size",
    ),
  notServed: (what: string) =>
    new StorageRefusal(
      501,
      "not_implemented",
      "NotImplemented",
      `The local stack's Storage does not serve ${what}.`,
    ),
};
