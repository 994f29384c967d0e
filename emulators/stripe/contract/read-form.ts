import { check } from "./check.ts";
import type { Contract, Schema } from "./schema.ts";

type Definitions = Contract["definitions"];

/** What a form-encoded body says before anyone knows its types: text, nested by brackets. */
export type FormValue = string | { [key: string]: FormValue };

/**
 * Nests `a[b][0]=x` into `{ a: { b: { 0: "x" } } }`, and `a[]=x` by position.
 *
 * @param pairs names and values in the order they came
 */
export function nestForm(pairs: Iterable<[string, string]>): { [key: string]: FormValue } {
  const root = emptyNode();
  for (const [name, value] of pairs) {
    const [head = "", ...rest] = name.split(/\[/).map((part) => part.replace(/\]$/, ""));
    let node = root;
    const keys = [head, ...rest];
    for (const key of keys.slice(0, -1)) {
      const next = node[key];
      node = typeof next === "object" ? next : (node[key] = emptyNode());
    }
    const last = keys.at(-1) ?? "";
    node[last === "" ? String(Object.keys(node).length) : last] = value;
  }
  return root;
}

/** Without a prototype: a parameter may be called `__proto__` or `constructor`. */
function emptyNode(): { [key: string]: FormValue } {
  return Object.create(null) as { [key: string]: FormValue };
}

/**
 * Gives the text of a form the types that its schema asks for. What can't be converted stays
 * text, for `check` to complain about.
 *
 * @returns a value of plain JSON
 */
export function typeForm(definitions: Definitions, schema: Schema, value: FormValue): unknown {
  if ("$ref" in schema) {
    const target = definitions[schema.$ref];
    return target ? typeForm(definitions, target, value) : value;
  }
  if ("anyOf" in schema) return typeUnion(definitions, schema.anyOf, value);
  if ("enum" in schema) return schema.enum.find((allowed) => String(allowed) === value) ?? value;
  if (typeof value === "string") return typeText(schema.type, value);

  if (schema.type === "array") {
    return Object.entries(value)
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, item]) => typeForm(definitions, schema.items, item));
  }
  if (schema.type !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const property = Object.hasOwn(schema.properties, key)
        ? schema.properties[key]
        : schema.additional;
      return [key, property ? typeForm(definitions, property, child) : child];
    }),
  );
}

function typeUnion(definitions: Definitions, members: Schema[], value: FormValue): unknown {
  // Text that may stay text does: metadata "7" is not the number 7.
  const ordered = [...members].sort((left, right) => rank(left) - rank(right));
  const readings = ordered.map((member) => ({
    typed: typeForm(definitions, member, value),
    member,
  }));
  const fitting = readings.find(
    ({ typed, member }) => check(definitions, member, typed).length === 0,
  );
  if (fitting) return fitting.typed;
  const isNested = typeof value !== "string";
  const closest = readings.find(({ typed }) => (typeof typed === "object") === isNested);
  return closest ? closest.typed : value;
}

function rank(schema: Schema): number {
  if ("enum" in schema) return 0;
  return "type" in schema && schema.type === "string" ? 1 : 2;
}

function typeText(type: string, text: string): unknown {
  if (type === "integer" && /^[+-]?\d+$/.test(text)) return Number(text);
  if (type === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (type === "null" && text === "") return null;
  return text;
}
