import { fileURLToPath } from "node:url";

/** The repository's root, ending in a slash. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Everything that the local stack writes; ignored by git. */
export const LOCAL_DIR = `${ROOT}.local/`;

/** What can be rebuilt at any time: prepared data directories, generated contracts. */
export const CACHE_DIR = `${LOCAL_DIR}cache/`;
