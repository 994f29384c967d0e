/*
 * A few assertions. Deno's own come from a registry that is not reachable everywhere, and types
 * for Node's are not found by Deno's checker here.
 */

/** @throws unless both are the same value */
export function equal<Value>(actual: Value, expected: Value): void {
  if (!Object.is(actual, expected)) fail(actual, expected);
}

/** Compares plain data, whatever the order of keys. */
export function deepEqual(actual: unknown, expected: unknown): void {
  if (canonical(actual) !== canonical(expected)) fail(actual, expected);
}

/** @throws unless the pattern is found in the text */
export function match(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`${pattern} is not in ${text}`);
}

/** @returns what `work` threw or rejected with */
export async function rejection(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

function fail(actual: unknown, expected: unknown): never {
  throw new Error(`Expected ${canonical(expected)}\nbut it is ${canonical(actual)}`);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, sortKeys, 1) ?? String(value);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
