import { spawn } from "node:child_process";

/**
 * Runs a command so that it ends when we do, however we end. The shell holds our pipe as
 * descriptor 3: when we are killed, even by SIGKILL, the pipe closes and the command is told
 * to stop. Its group is its own, so Ctrl-C in a terminal reaches it through us, in order.
 */
const GUARD = `
exec 3<&0
signal=$1
shift
"$@" </dev/null 3<&- &
child=$!
( read -r _ <&3; kill -s "$signal" "$child" ) 2>/dev/null &
guard=$!
exec 3<&-
wait "$child"
status=$?
kill "$guard" 2>/dev/null
exit "$status"
`;

export type Child = {
  /** Resolves with the exit code when the command has ended, for whatever reason. */
  exited: Promise<number>;
  /** Tells the command to stop; kills it and its group if it is still there after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
};

type ChildOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** INT only for programs that listen for it: a shell starts its jobs with it ignored. */
  stopSignal?: "TERM" | "INT";
  /** Called with what the command prints, on either stream. Left out, it goes to our own. */
  onOutput?: (text: string) => void;
};

/** Starts `command` as a child that cannot outlive this process. */
export function spawnChild(command: string, args: string[], options: ChildOptions = {}): Child {
  const { onOutput, stopSignal = "TERM", cwd, env, uid, gid } = options;
  const output = onOutput ? "pipe" : "inherit";
  const shell = spawn("/bin/sh", ["-c", GUARD, "guard", stopSignal, command, ...args], {
    cwd,
    env,
    uid,
    gid,
    detached: true,
    stdio: ["pipe", output, output],
  });

  shell.stdin?.on("error", () => {}); // it ended before we closed the pipe: nothing to tell
  if (onOutput) {
    shell.stdout?.setEncoding("utf8").on("data", onOutput);
    shell.stderr?.setEncoding("utf8").on("data", onOutput);
  }

  const exited = new Promise<number>((resolve, reject) => {
    shell.once("error", reject);
    shell.once("exit", (code) => resolve(code ?? 1));
  });
  exited.catch(() => {}); // whoever waits for it sees the failure

  async function stop(patienceMs = 10_000) {
    shell.stdin?.end();
    const timer = setTimeout(() => killGroup(shell.pid), patienceMs);
    await exited.catch(() => {});
    clearTimeout(timer);
  }

  return { exited, stop };
}

function killGroup(pid: number | undefined) {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
