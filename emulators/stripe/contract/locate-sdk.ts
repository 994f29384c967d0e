import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Raise it when the generator's output changes, so that cached contracts are made again. */
export const CONTRACT_FORMAT = 1;

/**
 * Where the installed SDK is and which version it is.
 *
 * @returns its folder, its version and the API version it speaks
 */
export function locateSdk(): { folder: string; version: string; apiVersion: string } {
  const entry = createRequire(import.meta.url).resolve("stripe");
  const folder = entry.slice(0, entry.lastIndexOf("/stripe/") + "/stripe".length);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const versions = readFileSync(join(folder, "esm/apiVersion.js"), "utf8");
  const apiVersion = /ApiVersion = '([^']+)'/.exec(versions)?.[1];
  if (!apiVersion) throw new Error(`No API version found in ${folder}/esm/apiVersion.js`);
  return { folder, version, apiVersion };
}
