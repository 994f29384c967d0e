import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { NotificationSettings } from "./settings-schema";

type SettingsRow = WithNulls<
  Database["public"]["Functions"]["notification_settings"]["Returns"][number],
  "quiet_from" | "quiet_until"
>;

/** How many notices a page has; one row more says that there is a next page. */
const PAGE = 30;

/**
 * One page of what a person was told in the app, the newest first.
 *
 * @param db theirs
 * @param page from 1
 */
export async function listNotices(db: Db, page: number) {
  const start = (page - 1) * PAGE;
  const rows = toValue(
    await db
      .from("notifications")
      .select("id, sentence, sent_at, read_at")
      .eq("channel", "in_app")
      .not("sent_at", "is", null)
      .order("sent_at", { ascending: false })
      .order("id")
      .range(start, start + PAGE),
  );
  const notices = rows.slice(0, PAGE).map(({ id, sentence, sent_at, read_at }) => ({
    id,
    sentence: sentence ?? "",
    sentAt: sent_at ?? "",
    isRead: read_at !== null,
  }));
  return { notices, hasNext: rows.length > PAGE };
}

/** One thing that somebody was told. */
export type Notice = Awaited<ReturnType<typeof listNotices>>["notices"][number];

/**
 * Notes that a person has read a notice.
 *
 * @param db theirs
 * @param id of the notice
 * @returns where it leads, a path of the site, or NTNFD
 */
export async function readNotice(db: Db, id: string) {
  return toResult(await db.rpc("read_notice", { notification_id: id }));
}

/**
 * Notes that a person has read all that they were told up to a moment.
 *
 * @param db theirs
 * @param until when the newest that they saw was told, ISO 8601
 */
export async function markNoticesRead(db: Db, until: string): Promise<void> {
  toValue(await db.rpc("mark_notices_read", { until }));
}

/**
 * How a person wants to be told, by group, with their quiet hours.
 *
 * @param db theirs
 */
export async function readSettings(db: Db) {
  const rows: SettingsRow[] = toValue(await db.rpc("notification_settings"));
  const [first] = rows;
  return {
    groups: rows,
    quietFrom: first?.quiet_from?.slice(0, 5) ?? "",
    quietUntil: first?.quiet_until?.slice(0, 5) ?? "",
  };
}

/** What people choose about, and have chosen. */
export type SettingsGroup = SettingsRow;

/**
 * Saves how a person wants to be told.
 *
 * @param db theirs
 * @returns nothing, or NTREQ, NTDIG, NTCHO, NTQUI, UPONB
 */
export async function saveSettings(db: Db, { groups, ...quiet }: NotificationSettings) {
  return toResult(
    await db.rpc("save_notification_settings", {
      choices: groups,
      ...(quiet.quiet_from && { quiet_from: quiet.quiet_from }),
      ...(quiet.quiet_until && { quiet_until: quiet.quiet_until }),
    }),
  );
}
