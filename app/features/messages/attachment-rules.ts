/**
 * What a message takes, for the words beside the field and to refuse early what is refused anyway: the
 * number is send_message's to say (MSTEN), the size and the types are the bucket's.
 */
export const MOST_FILES = 10;

export const LARGEST_FILE_BYTES = 10 * 1024 * 1024;

/** All files of a message together: they are held in memory while they are looked at. */
export const LARGEST_UPLOAD_BYTES = 30 * 1024 * 1024;

const TOO_MANY = "A message takes up to ten files.";
const TOO_MUCH = "Files may be 30 MB together. Send some of them in another message.";

/** What the field lets one choose. Phones turn their own pictures into JPEG for it. */
export const ACCEPTED =
  "image/jpeg,image/png,image/webp,image/gif,.pdf,.txt,.csv,.docx,.xlsx,.pptx";

/** @returns why this is too much for one message, for a person; null when it is not */
export function findExcess(files: readonly { size: number; name: string }[]): string | null {
  if (files.length > MOST_FILES) return TOO_MANY;
  const large = files.find((file) => file.size > LARGEST_FILE_BYTES);
  if (large) return `“${large.name}” is larger than 10 MB.`;
  const together = files.reduce((sum, file) => sum + file.size, 0);
  return together > LARGEST_UPLOAD_BYTES ? TOO_MUCH : null;
}
