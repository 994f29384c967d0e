import { html, type Html } from "../../emulators/shared/page.ts";
import { styles } from "../../emulators/shared/page-styles.ts";
import type { ScriptResult, StatementResult } from "./studio-sql.ts";

type SqlPageOptions = {
  /** What stands in the editor. */
  script: string;
  /** Names of the ready-made scripts that admins can load. */
  snippets: string[];
  /** What the script answered; absent before it ran. */
  result?: ScriptResult;
};

/** Lays out Studio's SQL editor: a form that works without scripts, and what it answered. */
export function sqlPage({ script, snippets, result }: SqlPageOptions): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>SQL editor · Studio</title>
        <style>
          ${styles} main {
            max-width: 80rem;
          }
          label {
            flex-basis: 100%;
          }
          textarea {
            font:
              0.9rem/1.5 ui-monospace,
              monospace;
            color: var(--ink);
            background: var(--card);
            border: 1px solid var(--line);
            border-radius: 0.4rem;
            padding: 0.75rem;
            min-height: 14rem;
          }
          td {
            font:
              0.85rem/1.45 ui-monospace,
              monospace;
            overflow-wrap: anywhere;
          }
        </style>
      </head>
      <body>
        <header>
          <a class="brand" href="/editor">Studio</a>
          <nav>
            <a href="/editor">Table editor</a>
            <a href="/sql" aria-current="page">SQL editor</a>
          </nav>
        </header>
        <main>
          <h1>SQL editor</h1>
          <p class="soft">
            Runs as <code>postgres</code>, past every policy. All statements are one transaction.
          </p>
          <form method="post" action="/sql">
            <label>
              SQL
              <textarea name="script" spellcheck="false" required>${script}</textarea>
            </label>
            <button>Run</button>
          </form>
          ${snippets.length > 0 ? snippetList(snippets) : ""} ${result ? resultOf(result) : ""}
        </main>
      </body>
    </html>`;
}

function snippetList(snippets: string[]): Html {
  return html`<h2>Snippets</h2>
    <ul>
      ${snippets.map(
        (name) => html`<li><a href="/sql?snippet=${encodeURIComponent(name)}">${name}</a></li>`,
      )}
    </ul>`;
}

function resultOf(result: ScriptResult): Html {
  return html`<h2>Result</h2>
    ${result.notices.map((notice) => html`<p class="soft">${notice}</p>`)}
    ${
      result.ok
        ? result.statements.map(statement)
        : html`<pre class="bad" role="alert">${result.message}</pre>`
    }`;
}

function statement({ command, count, columns, rows }: StatementResult): Html {
  const title = html`<h3>${command} <span class="soft">${count}</span></h3>`;
  if (columns.length === 0) return title;
  return html`${title}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((value) => html`<td>${value ?? html`<span class="soft">null</span>`}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      rows.length < count && command === "SELECT"
        ? html`<p class="soft">The first ${rows.length} rows.</p>`
        : ""
    }`;
}
