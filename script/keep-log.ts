import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a listener for a child's output that appends it to `file`. */
export function keepLog(file: string): (text: string) => void {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: "a" });
  return (text) => void stream.write(text);
}
