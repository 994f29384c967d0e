import type { BrowserContext, ConsoleMessage, Page, Response } from "@playwright/test";

// The browser's word on an answer's status. Which statuses are in order is checked by itself.
const STATUS_NOTE = /^Failed to load resource: the server responded with a status of \d+/;

// The browser's word on a page that is left while its live connection opens, which closes it.
const LEFT_NOTE = /WebSocket is closed before the connection is established/;

/**
 * Collects what must not happen on any page: errors in the console (a violated content security
 * policy is one), uncaught exceptions, answers of 500 and more, missing files.
 * @param context whose pages
 * @param problems where to put what is found
 */
export function watch(context: BrowserContext, problems: string[]): void {
  context.on("console", (message) => {
    if (isProblem(message)) problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    problems.push(`exception: ${error.error().message} (${error.page()?.url()})`);
  });
  context.on("response", (response) => {
    if (isBroken(response)) problems.push(`${response.status()} ${response.url()}`);
  });
  context.on("page", (page: Page) => {
    page.on("crash", () => problems.push(`crash: ${page.url()}`));
  });
}

function isProblem(message: ConsoleMessage): boolean {
  if (!["error", "warning"].includes(message.type())) return false;
  return ![STATUS_NOTE, LEFT_NOTE].some((note) => note.test(message.text()));
}

function isBroken(response: Response): boolean {
  if (response.status() >= 500) return true;
  const isFile = ["stylesheet", "script", "image", "font"].includes(
    response.request().resourceType(),
  );
  return isFile && response.status() >= 400;
}
