/** The part of JSON Schema that the contract needs. Objects are closed: an unknown key is an error. */
export type Schema =
  | { kind: "string" }
  | { kind: "number" }
  | { kind: "boolean" }
  | { kind: "unknown" }
  | { kind: "enum"; values: (string | number | boolean)[] }
  | { kind: "array"; items: Schema }
  | { kind: "object"; properties: Record<string, { schema: Schema; optional: boolean }> };

/**
 * Compares a value with a schema.
 *
 * @returns one sentence per problem, with the path of the value; none when it fits
 */
export function problemsOf(schema: Schema, value: unknown, path = ""): string[] {
  const at = path || "the body";
  switch (schema.kind) {
    case "unknown":
      return [];
    case "string":
    case "number":
    case "boolean":
      return typeof value === schema.kind
        ? []
        : [`${at} must be a ${schema.kind}, not ${describe(value)}`];
    case "enum":
      return schema.values.some((allowed) => allowed === value)
        ? []
        : [`${at} must be one of ${schema.values.map(String).join(", ")}, not ${describe(value)}`];
    case "array":
      if (!Array.isArray(value)) return [`${at} must be an array, not ${describe(value)}`];
      return value.flatMap((item, index) => problemsOf(schema.items, item, `${path}/${index}`));
    case "object":
      return problemsOfObject(schema.properties, value, path);
  }
}

function problemsOfObject(
  properties: Record<string, { schema: Schema; optional: boolean }>,
  value: unknown,
  path: string,
): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path || "the body"} must be an object, not ${describe(value)}`];
  }
  const given = new Map(Object.entries(value).filter(([, entry]) => entry !== undefined));

  const unknown = [...given.keys()]
    .filter((key) => !Object.hasOwn(properties, key))
    .map((key) => `${path}/${key} is not a known key`);
  const known = Object.entries(properties).flatMap(([key, { schema, optional }]) => {
    if (given.has(key)) return problemsOf(schema, given.get(key), `${path}/${key}`);
    return optional ? [] : [`${path}/${key} is missing`];
  });
  return [...unknown, ...known];
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(JSON.stringify(value));
}
