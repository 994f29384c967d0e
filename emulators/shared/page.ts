import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

import { styles } from "./page-styles.ts";

export { html, raw } from "hono/html";

/** Markup whose inserted values were escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

type PageOptions = {
  title: string;
  /** Name of the emulator, shown in the top bar with a link to its console. */
  emulator: string;
  /** Links of the top bar. */
  links?: { href: string; label: string }[];
  body: Html;
};

/**
 * Lays out an emulator's page: plain HTML, no scripts, light and dark.
 * Write markup with the `html` tag, which escapes what is inserted.
 */
export function page({ title, emulator, links = [], body }: PageOptions): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${styles}
        </style>
      </head>
      <body>
        <header>
          <a class="brand" href="/">${emulator} <span>local emulator</span></a>
          <nav>${links.map((link) => html`<a href="${link.href}">${link.label}</a>`)}</nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

/**
 * A table for console pages.
 *
 * @param empty what stands there when there are no rows
 */
export function table(columns: string[], rows: (Html | string | number)[][], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
