import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";

import type { BrowserContext, WebSocketRoute } from "@playwright/test";

import { freePort } from "../../../supabase/local/ports.ts";

const MAIN = join(import.meta.dirname, "realtime-process.ts");

/** A Realtime that a test can kill, and the line between it and browsers, which can go dead. */
export type KillableRealtime = {
  /** From now on this browser's pages connect to it, and not to the stack's own. */
  serve: (context: BrowserContext) => Promise<void>;
  /** Kills the process, which closes nothing first. */
  kill: () => Promise<void>;
  /** Starts it again, at the same address. */
  start: () => Promise<void>;
  /**
   * Every connection that there is goes dead: nothing passes, and neither side is told. As of a laptop
   * that slept while its network went.
   */
  goDead: () => void;
  /** How many connections are open that are not dead. */
  connections: () => number;
  stop: () => Promise<void>;
};

/**
 * Starts a Realtime as a process of its own.
 * @param port where
 * @returns the process, once it answers
 */
export async function forkRealtime(port: number): Promise<ChildProcess> {
  const child = fork(MAIN, [String(port)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error("Realtime did not start.")));
  });
  return child;
}

/** Starts one, and what stands between it and browsers. */
export async function startKillableRealtime(): Promise<KillableRealtime> {
  const port = await freePort();
  const lines = new Set<{ isDead: boolean }>();
  let child: ChildProcess | null = null;

  async function start() {
    child = await forkRealtime(port);
  }

  async function kill() {
    const killed = child;
    if (!killed?.pid || killed.exitCode !== null || killed.signalCode !== null) return;
    const gone = new Promise((resolve) => killed.once("exit", resolve));
    process.kill(killed.pid, "SIGKILL");
    await gone;
  }

  /** Passes on what either says, and a close by either. */
  function connect(browser: WebSocketRoute) {
    const line = { isDead: false };
    const early: (string | Buffer)[] = [];
    const server = new WebSocket(
      `ws://127.0.0.1:${port}/websocket${new URL(browser.url()).search}`,
    );
    server.binaryType = "arraybuffer";
    lines.add(line);

    browser.onMessage((message) => {
      if (line.isDead) return;
      if (server.readyState === WebSocket.OPEN) server.send(message);
      else early.push(message);
    });
    server.addEventListener("open", () => {
      for (const message of early.splice(0)) server.send(message);
    });
    server.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (!line.isDead) browser.send(typeof data === "string" ? data : Buffer.from(data));
    });
    server.addEventListener("close", () => {
      lines.delete(line);
      if (!line.isDead) void browser.close({ code: 3000 }).catch(() => {});
    });
    browser.onClose(() => {
      lines.delete(line);
      server.close();
    });
  }

  await start();
  return {
    serve: (context) => context.routeWebSocket(/\/realtime\/v1\/websocket/, connect),
    kill,
    start,
    goDead() {
      for (const line of lines) line.isDead = true;
    },
    connections: () => [...lines].filter((line) => !line.isDead).length,
    stop: kill,
  };
}
