export type Policy = {
  schema: string;
  table: string;
  name: string;
  command: string;
  roles: string[];
  /** What `using` and `with check` say, as Postgres prints them; null where there is none. */
  using: string | null;
  check: string | null;
};

import type { Mutation } from "./mutation-run.ts";

/** Every way we know to break one policy, each as the statement that does it. */
export function mutatePolicy(policy: Policy): Mutation[] {
  const target = nameOf(policy);
  const change = (title: string, clause: string) => ({
    title,
    sql: `alter policy ${target} ${clause}`,
  });

  return [
    { title: "drop", sql: `drop policy ${target}` },
    ...(policy.roles.includes("anon") ? [] : [change("to anon too", "to anon, authenticated")]),
    ...variants(policy.using).map((using) => change(`using ${using}`, `using (${using})`)),
    ...variants(policy.check).map((check) => change(`check ${check}`, `with check (${check})`)),
  ];
}

/** The script that puts a policy back as it was, whatever was done to it. */
export function createPolicy(policy: Policy): string {
  const clauses = [
    `for ${policy.command} to ${policy.roles.join(", ")}`,
    policy.using === null ? "" : `using (${policy.using})`,
    policy.check === null ? "" : `with check (${policy.check})`,
  ];
  return `drop policy if exists ${nameOf(policy)}; create policy ${nameOf(policy)} ${clauses.join(" ")}`;
}

/** What a condition can be broken into: always, never, and itself without one of its parts. */
function variants(condition: string | null): string[] {
  if (condition === null) return [];
  return ["true", "false", ...withoutOnePart(condition)].filter((variant) => variant !== condition);
}

/** The condition without one operand of its `or`s and `and`s, for each of them. */
export function withoutOnePart(condition: string): string[] {
  const whole = unwrap(condition);

  for (const operator of ["OR", "AND"]) {
    const parts = splitAt(whole, operator);
    if (parts.length < 2) continue;

    return parts.flatMap((part, index) => {
      const others = (replacement: string[]) =>
        [...parts.slice(0, index), ...replacement, ...parts.slice(index + 1)].join(` ${operator} `);
      return [others([]), ...withoutOnePart(part).map((weaker) => others([`(${weaker})`]))];
    });
  }
  return [];
}

/** Splits at an operator that stands in no parentheses and no quotes. */
function splitAt(condition: string, operator: string): string[] {
  const token = new RegExp(`'(?:[^']|'')*'|"[^"]*"|[()]|\\s${operator}\\s`, "g");
  const parts: string[] = [];
  let depth = 0;
  let start = 0;

  for (const match of condition.matchAll(token)) {
    if (match[0] === "(") depth += 1;
    else if (match[0] === ")") depth -= 1;
    else if (depth === 0 && match[0].trim() === operator) {
      parts.push(condition.slice(start, match.index).trim());
      start = match.index + match[0].length;
    }
  }
  return [...parts, condition.slice(start).trim()];
}

/** Takes off parentheses that are around the whole condition. */
function unwrap(condition: string): string {
  const inner = condition.slice(1, -1);
  return condition.startsWith("(") && condition.endsWith(")") && isBalanced(inner)
    ? unwrap(inner)
    : condition;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [character] of text.matchAll(/'(?:[^']|'')*'|[()]/g)) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function nameOf({ name, schema, table }: Policy): string {
  return `${quoteName(name)} on ${quoteName(schema)}.${quoteName(table)}`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
