import type { Db } from "~/lib/db.server";
import { toResult, toValue } from "~/lib/domain-error";

/**
 * What a coach says often, by title.
 *
 * @param db the coach's; anybody else has none
 * @returns all of it, 30 at most
 */
export async function listAnswers(db: Db) {
  return toValue(await db.from("saved_answers").select("id, title, body").order("title"));
}

/** One of them; null when there is none that is the coach's. */
export async function findAnswer(db: Db, answerId: string) {
  return toValue(
    await db.from("saved_answers").select("id, title, body").eq("id", answerId).maybeSingle(),
  );
}

/**
 * @param db the coach's
 * @param answer what to keep; with an id, instead of what is kept there
 * @returns its id, or MSANT, MSANW, MSANM, MSANN, OCNON, OCSUS
 */
export async function saveAnswer(db: Db, answer: { id?: string; title: string; body: string }) {
  const { id, title, body } = answer;
  return toResult(await db.rpc("save_answer", { title, body, ...(id && { answer_id: id }) }));
}

/** Keeps one no longer. */
export async function deleteAnswer(db: Db, answerId: string): Promise<void> {
  toValue(await db.rpc("delete_answer", { answer_id: answerId }));
}
