import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/** How long an address opens a file: for the click that asked for it. Seconds. */
const ADDRESS_LIFE = 60;

/** What a browser shows by itself; the rest is saved under its name. */
const SHOWN = /^image\/|^application\/pdf$/;

type Wanted = { conversationId: string; attachmentId: string; isPreview: boolean };

/**
 * An address that opens a file of a conversation for a minute.
 *
 * @param db a party's
 * @param wanted the preview is there for pictures alone
 * @returns null when there is no such file, or it is not theirs: the two look the same
 */
export async function findAttachmentAddress(db: Db, wanted: Wanted): Promise<string | null> {
  const { conversationId, attachmentId, isPreview } = wanted;
  const attachment = toValue(
    await db
      .from("message_attachments")
      .select("name, content_type, width, message_id")
      .eq("id", attachmentId)
      .maybeSingle(),
  );
  if (!attachment || (isPreview && attachment.width === null)) return null;

  const path = `${conversationId}/${attachment.message_id}/${attachmentId}`;
  const { data, error } = await db.storage
    .from("attachments")
    .createSignedUrl(isPreview ? `${path}.small` : path, ADDRESS_LIFE);
  if (error?.statusCode === "404") return null; // of another thread, or just removed
  if (error) throw new Error(`Storage error ${error.statusCode}: ${error.message}`);

  const address = new URL(data.signedUrl);
  // Not by the client's own option: it encodes the name twice.
  if (!SHOWN.test(attachment.content_type)) address.searchParams.set("download", attachment.name);
  return address.href;
}
