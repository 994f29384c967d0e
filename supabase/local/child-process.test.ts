import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { spawnChild } from "./child-process.ts";
import { isRunning } from "./processes.ts";

/** Prints its own id, so that the test knows the process behind the guard. */
const TELL_ID = 'echo "id $$"; exec sleep 60';

describe("spawnChild", () => {
  it("passes on what the command prints and how it ended", async () => {
    let output = "";
    const child = spawnChild("/bin/sh", ["-c", "echo out; echo err >&2; exit 7"], {
      onOutput: (text) => (output += text),
    });
    expect(await child.exited).toBe(7);
    await expect.poll(() => output.split("\n").sort().join(" ").trim()).toBe("err out");
  });

  it("asks the command to stop and waits for its end", async () => {
    let output = "";
    const child = spawnChild(
      "/bin/sh",
      ["-c", "trap 'echo stopping; exit 3' TERM; echo up; while :; do sleep 0.05; done"],
      {
        onOutput: (text) => (output += text),
      },
    );
    await expect.poll(() => output).toContain("up");
    await child.stop();
    expect(await child.exited).toBe(3);
    await expect.poll(() => output).toContain("stopping");
  });

  it("kills a command that does not listen", async () => {
    let output = "";
    const child = spawnChild(
      "/bin/sh",
      ["-c", "trap '' TERM; echo up; while :; do sleep 0.05; done"],
      {
        onOutput: (text) => (output += text),
      },
    );
    await expect.poll(() => output).toContain("up");
    await child.stop(100);
    expect(await child.exited).not.toBe(0);
  });

  it("ends the command when its parent is killed", async () => {
    const module = fileURLToPath(new URL("./child-process.ts", import.meta.url));
    const script = `import { spawnChild } from ${JSON.stringify(module)};
      spawnChild("/bin/sh", ["-c", ${JSON.stringify(TELL_ID)}], { onOutput: (text) => process.stdout.write(text) });`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    parent.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));

    await expect.poll(() => output).toMatch(/id \d+/);
    const id = Number(/id (\d+)/.exec(output)?.[1]);
    expect(isRunning(id)).toBe(true);

    parent.kill("SIGKILL");
    await once(parent, "exit");
    await expect.poll(() => isRunning(id)).toBe(false);
  });
});
