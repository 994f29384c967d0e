import type { Contract, ObjectSchema, Schema } from "./schema.ts";

type Definitions = Contract["definitions"];

/** One way in which a value departs from its schema. */
export type Problem = {
  /** Keys and positions from the top of the value: `["line_items", "0", "quantity"]`. */
  path: string[];
  kind: "unknown" | "missing" | "enum" | "type";
  /** What should be there: a type, or for `enum` the allowed values. */
  expected: string[];
  value: unknown;
};

/**
 * Compares a value with a schema, strictly: keys that the schema doesn't list, values
 * outside an enum, missing keys, fractions where integers belong are all problems.
 *
 * @param definitions what the schema's references point to
 * @returns every problem; none when the value fits
 */
export function check(
  definitions: Definitions,
  schema: Schema,
  value: unknown,
  path: string[] = [],
): Problem[] {
  if ("$ref" in schema) {
    const target = definitions[schema.$ref];
    if (!target) throw new Error(`The contract lacks ${schema.$ref}`);
    return check(definitions, target, value, path);
  }
  if ("anyOf" in schema) return checkUnion(definitions, schema.anyOf, value, path);
  if ("enum" in schema) {
    return schema.enum.includes(value as string)
      ? []
      : [{ path, kind: "enum", expected: schema.enum.map(String), value }];
  }
  if (schema.type === "object") return checkObject(definitions, schema, value, path);
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [{ path, kind: "type", expected: ["array"], value }];
    return value.flatMap((item, position) =>
      check(definitions, schema.items, item, [...path, String(position)]),
    );
  }
  return isOfType(value, schema.type)
    ? []
    : [{ path, kind: "type", expected: [schema.type], value }];
}

function checkObject(
  definitions: Definitions,
  schema: ObjectSchema,
  value: unknown,
  path: string[],
): Problem[] {
  if (!isPlainObject(value)) return [{ path, kind: "type", expected: ["object"], value }];

  const problems: Problem[] = [];
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue; // JSON drops it
    const property = Object.hasOwn(schema.properties, key)
      ? schema.properties[key]
      : schema.additional;
    if (property) problems.push(...check(definitions, property, child, [...path, key]));
    else problems.push({ path: [...path, key], kind: "unknown", expected: [], value: child });
  }
  for (const key of schema.required) {
    if (value[key] === undefined) {
      problems.push({ path: [...path, key], kind: "missing", expected: [], value: undefined });
    }
  }
  return problems;
}

function checkUnion(
  definitions: Definitions,
  members: Schema[],
  value: unknown,
  path: string[],
): Problem[] {
  const candidates = isPlainObject(value)
    ? membersLike(definitions, members, value)
    : members.filter((member) => !objectBehind(definitions, member));
  const attempts = (candidates.length > 0 ? candidates : members).map((member) =>
    check(definitions, member, value, path),
  );
  // The branch that comes closest tells most about what is wrong.
  const closest = attempts.reduce((best, attempt) =>
    attempt.length < best.length ? attempt : best,
  );
  if (closest.length === 0 || closest.some((problem) => problem.path.length > path.length)) {
    return closest;
  }
  const enums = attempts.flat().filter((problem) => problem.kind === "enum");
  const kind = enums.length > 0 ? "enum" : "type";
  const told = kind === "enum" ? enums : attempts.flat();
  return [{ path, kind, expected: [...new Set(told.flatMap((each) => each.expected))], value }];
}

/**
 * The members of a union that an object claims to be: the SDK tells them apart by keys with one
 * possible value, such as `object: 'customer'` or `type: 'charge.succeeded'`.
 */
function membersLike(
  definitions: Definitions,
  members: Schema[],
  value: Record<string, unknown>,
): Schema[] {
  return members.filter((member) => {
    const schema = objectBehind(definitions, member);
    if (!schema) return false;
    return Object.entries(schema.properties).every(([key, property]) => {
      const isTag = "enum" in property && property.enum.length === 1;
      return !isTag || !schema.required.includes(key) || property.enum[0] === value[key];
    });
  });
}

/** The object schema that this is or refers to; null when it is something else. */
function objectBehind(definitions: Definitions, schema: Schema): ObjectSchema | null {
  const target = "$ref" in schema ? definitions[schema.$ref] : schema;
  return target && "type" in target && target.type === "object" ? target : null;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "decimal":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
    default:
      return typeof value === type;
  }
}
