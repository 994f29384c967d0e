import type { JsonObject } from "./frames.ts";

/** One tracked connection: what it said about itself, under a reference of its own. */
type Meta = JsonObject & { phx_ref: string };

/** Presences by key. A key has several when a person is there with several connections. */
export type PresenceState = Record<string, { metas: Meta[] }>;

/** What changed, as subscribers are told: who came and who went. A change of state is both. */
export type PresenceDiff = { joins: PresenceState; leaves: PresenceState };

/** Who is present in one room. `Member` is whatever stands for a connection there. */
export type PresenceList<Member> = {
  /** Says that a member is here under this key. Null when it already said exactly that. */
  track(member: Member, key: string, payload: JsonObject): PresenceDiff | null;
  /** Says that a member left. Null when it was not tracked. */
  untrack(member: Member): PresenceDiff | null;
  state(): PresenceState;
};

type Entry = { key: string; payload: string; meta: Meta };

/** Makes the empty presence list of a room. */
export function createPresenceList<Member>(): PresenceList<Member> {
  const entries = new Map<Member, Entry>();

  function track(member: Member, key: string, payload: JsonObject): PresenceDiff | null {
    const previous = entries.get(member);
    const serialized = JSON.stringify(payload);
    if (previous?.payload === serialized) return null;

    const meta: Meta = { ...payload, phx_ref: crypto.randomUUID() };
    if (previous) meta.phx_ref_prev = previous.meta.phx_ref;
    entries.set(member, { key, payload: serialized, meta });
    return {
      joins: { [key]: { metas: [meta] } },
      leaves: previous ? { [previous.key]: { metas: [previous.meta] } } : {},
    };
  }

  function untrack(member: Member): PresenceDiff | null {
    const entry = entries.get(member);
    if (!entry) return null;
    entries.delete(member);
    return { joins: {}, leaves: { [entry.key]: { metas: [entry.meta] } } };
  }

  function state(): PresenceState {
    // Keys come from clients. A map, unlike an object, has none of its own such as __proto__.
    const groups = new Map<string, { metas: Meta[] }>();
    for (const { key, meta } of entries.values()) {
      const group = groups.get(key) ?? { metas: [] };
      group.metas.push(meta);
      groups.set(key, group);
    }
    return Object.fromEntries(groups);
  }

  return { track, untrack, state };
}
