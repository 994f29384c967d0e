import { z } from "zod";

import { MailError } from "./errors.ts";
import { unsubscribeFault } from "./unsubscribe-headers.ts";

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const MOST_RECIPIENTS = 50;

function isAddress(text: string): boolean {
  const named = /^[^<>]*<([^<>]+)>$/.exec(text.trim());
  return ADDRESS.test(named?.[1] ?? text.trim());
}

const AddressSchema = z.string().refine(isAddress, {
  error:
    "The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.",
});

const AddressesSchema = z
  .union([AddressSchema, z.array(AddressSchema)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .refine((list) => list.length <= MOST_RECIPIENTS, {
    error: "At most 50 recipients are allowed.",
  });

/** A line each: a line break in one would begin another header. */
const HeadersSchema = z
  .record(z.string().regex(/^[!-9;-~]+$/), z.string().regex(/^[\t\x20-\x7e]+$/))
  .superRefine((headers, context) => {
    const message = unsubscribeFault(headers);
    if (message) context.addIssue({ code: "custom", message });
  });

const TAG = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, {
  error: "Tags should only contain ASCII letters, numbers, underscores, or dashes.",
});

/**
 * What Resend takes, without what this project doesn't use (scheduling, templates, topics, files
 * by address): an unknown key is refused here, so that a typo can't pass as an option.
 */
const EmailSchema = z.strictObject({
  from: AddressSchema,
  to: AddressesSchema.refine((list) => list.length > 0, { error: "Name at least one recipient." }),
  subject: z.string(),
  cc: AddressesSchema.default([]),
  bcc: AddressesSchema.default([]),
  reply_to: AddressesSchema.default([]),
  html: z.string().nullable().default(null),
  text: z.string().nullable().default(null),
  headers: HeadersSchema.default({}),
  tags: z.array(z.strictObject({ name: TAG, value: TAG })).default([]),
  attachments: z
    .array(
      z.strictObject({
        filename: z.string().min(1),
        content: z.base64({ error: "Attachment content must be base64." }),
        content_type: z.string().optional(),
      }),
    )
    .default([]),
});

export type Email = z.output<typeof EmailSchema>;

/**
 * Checks the body of a send.
 *
 * @throws MailError 422 in Resend's words: missing_required_field or validation_error
 */
export function parseEmail(body: unknown): Email {
  const given = typeof body === "object" && body !== null ? body : {};
  for (const field of ["from", "to", "subject"]) {
    if (!(field in given))
      throw new MailError(422, "missing_required_field", `Missing \`${field}\` field.`);
  }

  const parsed = EmailSchema.safeParse(body);
  if (!parsed.success) throw new MailError(422, "validation_error", describe(parsed.error));
  if (parsed.data.html === null && parsed.data.text === null) {
    throw new MailError(422, "missing_required_field", "Missing `html` or `text` field.");
  }
  return parsed.data;
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") return `Unknown field \`${issue.keys.join("`, `")}\`.`;
  const field = String(issue?.path[0] ?? "body");
  // A list of addresses or one: the reason is inside the alternative that came closest.
  const reason = issue?.code === "invalid_union" ? issue.errors.flat()[0]?.message : issue?.message;
  return `Invalid \`${field}\` field. ${reason ?? ""}`;
}
