import { pino, type Logger } from "pino";

import { getEnv } from "./env.server.ts";

export type { Logger } from "pino";

let logger: Logger | undefined;

/**
 * The process's log: one JSON object a line on standard output.
 *
 * Callers pass ids, routes, statuses and durations. The list below is the second line of
 * defence for what must never be written down.
 */
export function getLogger(): Logger {
  logger ??= createLogger(getEnv().LOG_LEVEL);
  return logger;
}

/**
 * @param level least severe level that is written
 * @param destination where lines go; standard output when left out
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: FORBIDDEN.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: "[redacted]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const FORBIDDEN = [
  "authorization",
  "body",
  "cookie",
  "cookies",
  "email",
  "jwt",
  "password",
  "token",
];
