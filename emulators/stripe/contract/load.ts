import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CONTRACT_FORMAT, locateSdk } from "./locate-sdk.ts";
import type { Contract } from "./schema.ts";

const CACHE_FOLDER = join(import.meta.dirname, "../../../.local/cache");

/**
 * The contract of some resources: from the cache, or made now (a few seconds) and kept.
 *
 * @param resources files of `stripe/esm/resources` without ending, such as `Checkout/Sessions`
 * @returns the contract for the version of the SDK that is installed
 */
export async function loadContract(resources: string[]): Promise<Contract> {
  const { version } = locateSdk();
  const names = [...resources].sort();
  const file = join(CACHE_FOLDER, `stripe-${version}.contract.json`);

  const cached = readCache(file);
  if (cached?.resources.join() === names.join()) return cached.contract;

  // Only now: the TypeScript compiler takes long to load, and most starts can do without it.
  const { generateContract } = await import("./generate.ts");
  const contract = generateContract(names);
  mkdirSync(CACHE_FOLDER, { recursive: true });
  // Two stacks may start at once: each writes a file of its own and moves it into place.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ resources: names, contract }));
  renameSync(draft, file);
  return contract;
}

function readCache(file: string): { resources: string[]; contract: Contract } | null {
  try {
    const cached = JSON.parse(readFileSync(file, "utf8")) as {
      resources: string[];
      contract: Contract;
    };
    return cached.contract.format === CONTRACT_FORMAT ? cached : null;
  } catch {
    return null; // none yet, or one cut short
  }
}
