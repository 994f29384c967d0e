import type { Emulator, Include } from "../emulator.ts";
import { invalidRequest } from "./failure.ts";

type Node = Record<string, unknown>;

const DEEPEST = 4;

/**
 * Replaces ids by the objects they stand for, as `expand` asks.
 *
 * @param body the answer; changed in place, so give it a copy
 * @param paths such as `payment_intent.latest_charge`, or `data.customer` for lists
 * @param find any object by its id
 * @throws StripeFailure when a path leads nowhere
 */
export function expand(
  body: object,
  paths: string[],
  context: {
    emulator: Emulator;
    includes: Include[];
    find: (id: string) => object | null;
  },
): void {
  for (const path of paths) {
    const keys = path.split(".");
    if (keys.length > DEEPEST) {
      throw invalidRequest(`You cannot expand more than ${DEEPEST} levels of a property: ${path}`, {
        param: "expand",
      });
    }
    expandNode(body as Node, keys, path);
  }

  function load(id: string, path: string): object {
    const found = context.find(id);
    if (!found) throw notExpandable(path);
    return structuredClone(found);
  }

  function expandNode(node: Node, [key = "", ...deeper]: string[], path: string): void {
    const include = context.includes.find(
      (candidate) => candidate.object === node["object"] && candidate.property === key,
    );
    if (include && node[key] === undefined) {
      node[key] = structuredClone(include.load(context.emulator, String(node["id"])));
    }

    const value = node[key];
    if (value === null) return; // nothing to expand here, though there might have been
    if (typeof value === "string") {
      node[key] = load(value, path);
    } else if (isListOfIds(value)) {
      node[key] = value.map((id) => load(id, path));
    } else if (
      typeof value !== "object" ||
      (deeper.length === 0 && !include && !isApiObject(value))
    ) {
      throw notExpandable(path);
    }

    if (deeper.length === 0) return;
    const children = Array.isArray(node[key]) ? node[key] : [node[key]];
    for (const child of children) expandNode(child as Node, deeper, path);
  }
}

/** Such as the discounts of a subscription; there may be none. */
function isListOfIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Already expanded by an earlier path. */
function isApiObject(value: object): boolean {
  return "object" in value && "id" in value;
}

function notExpandable(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
}
