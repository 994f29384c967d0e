import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

import type { SearchChoices } from "./coach-search";

/** Reference data that admins change a few times a year. Milliseconds. */
const KEPT_FOR = 5 * 60 * 1000;

let kept: { choices: Promise<SearchChoices>; until: number } | undefined;

/**
 * The states, specialties and languages there are, with their names. Kept for five minutes: they
 * are the same for everybody, and asking for them on every page would triple its queries.
 *
 * @param db anyone's
 */
export async function getSearchChoices(db: Db): Promise<SearchChoices> {
  if (!kept || kept.until < Date.now()) {
    kept = { choices: readChoices(db), until: Date.now() + KEPT_FOR };
    // A failure is this request's, not the next ones'.
    kept.choices.catch(() => (kept = undefined));
  }
  return kept.choices;
}

async function readChoices(db: Db): Promise<SearchChoices> {
  const [states, specialties, languages] = await Promise.all([
    db.from("states").select("value:code, label:name").order("name"),
    db.from("specialties").select("value:slug, label:name, audience").order("position"),
    db.from("languages").select("value:code, label:name").order("name"),
  ]);
  return {
    states: toValue(states),
    specialties: toValue(specialties),
    languages: toValue(languages),
  };
}
