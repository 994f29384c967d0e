import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

/**
 * Copies a folder with its owners and modes, replacing what was there. `cp` because Node's own
 * copy forgets owners; where the file system can share blocks, it shares them.
 */
export async function copyDir(source: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  const flags = process.platform === "linux" ? ["-a", "--reflink=auto"] : ["-a"];
  await promisify(execFile)("cp", [...flags, source, target]);
}
