import type { Mutation, Subject } from "./mutation-run.ts";

export type SqlFunction = { schema: string; name: string; definition: string };

/** A check or exclusion constraint, a unique index or a trigger, with the statement that makes it. */
export type Guard = {
  kind: "constraint" | "index" | "trigger";
  schema: string;
  table: string;
  name: string;
  definition: string;
};

const REFUSAL = /\braise exception\s+'((?:[^']|'')*)'[^;]*using errcode = '(\w+)';/g;

/**
 * A function that refuses, without each of its refusals in turn.
 * @returns null for one that never refuses
 */
export function subjectOfFunction({ schema, name, definition }: SqlFunction): Subject | null {
  const refusals = [...definition.matchAll(REFUSAL)];
  if (refusals.length === 0) return null;

  return {
    title: `${schema}.${name}`,
    words: [`${schema}.${name}`, ...new Set(refusals.map((refusal) => refusal[2] ?? ""))],
    restore: definition,
    mutations: refusals.map((refusal): Mutation => ({
      title: `never ${refusal[2]}: ${refusal[1]}`,
      sql:
        definition.slice(0, refusal.index) +
        "null;" +
        definition.slice(refusal.index + refusal[0].length),
    })),
  };
}

/** A table's guard, taken away. */
export function subjectOfGuard({ kind, schema, table, name, definition }: Guard): Subject {
  const target = `${quote(schema)}.${quote(table)}`;
  const ways = {
    constraint: {
      without: `alter table ${target} drop constraint ${quote(name)}`,
      restore: `alter table ${target} add constraint ${quote(name)} ${definition}`,
    },
    index: { without: `drop index ${quote(schema)}.${quote(name)}`, restore: definition },
    trigger: {
      without: `alter table ${target} disable trigger ${quote(name)}`,
      restore: `alter table ${target} enable trigger ${quote(name)}`,
    },
  };
  const { without, restore } = ways[kind];

  return {
    title: `${schema}.${table}`,
    words: [`${schema}.${table}`],
    restore,
    mutations: [{ title: `without ${kind} ${name}`, sql: without }],
  };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
