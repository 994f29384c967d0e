import { html, raw, type Html } from "../../shared/page.ts";

const styles = raw(`
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #14161b);
  --panel: light-dark(#f4f6f9, #1c2027);
  --ink: light-dark(#1a1f36, #eef0f4);
  --soft: light-dark(#566073, #a7b0bf);
  --line: light-dark(#c9d0da, #434b58);
  --accent: light-dark(#1f4fc4, #9dbbff);
  --on-accent: light-dark(#fff, #0e1422);
  --bad: light-dark(#b3261e, #ffb0a8);
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
.mode { margin: 0; padding: .4rem 1rem; text-align: center; font-size: .875rem; color: var(--on-accent); background: var(--accent); }
.split { display: grid; grid-template-columns: 1fr 1fr; min-height: calc(100vh - 2.2rem); }
.split > * { padding: 3rem max(1.5rem, 4vw); }
.summary { background: var(--panel); }
.summary > div, .payment > div { max-width: 26rem; }
.summary > div { margin-left: auto; }
.message { max-width: 30rem; margin: 0 auto; padding: 4rem 1.5rem; }
.business { margin: 0 0 2rem; color: var(--soft); font-weight: 550; }
h1 { margin: 0 0 1.25rem; font-size: 1.35rem; line-height: 1.25; }
.total { margin: 0 0 2rem; font-size: 2.35rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; }
.total small { display: block; margin-bottom: .35rem; font-size: 1rem; font-weight: 500; color: var(--soft); }
ul.items { list-style: none; margin: 0; padding: 0; }
ul.items li { display: flex; justify-content: space-between; gap: 1.5rem; padding: .75rem 0; border-top: 1px solid var(--line); }
ul.items .soft { display: block; font-size: .875rem; }
ul.items + form { margin: 1.5rem 0; }
.card::first-letter { text-transform: uppercase; }
.soft { color: var(--soft); }
a { color: var(--accent); }
form { display: grid; gap: 1.1rem; margin: 0; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
label { display: block; margin-bottom: .3rem; font-size: .9rem; font-weight: 550; }
input { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .75rem; }
select { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .75rem; }
input[aria-invalid] { border-color: var(--bad); }
.error { margin: .3rem 0 0; font-size: .875rem; color: var(--bad); }
.alert { margin: 0 0 1.25rem; padding: .7rem .9rem; border: 1px solid var(--bad); border-radius: .4rem; color: var(--bad); font-weight: 550; }
button { font: inherit; font-weight: 600; cursor: pointer; border: 0; border-radius: .4rem; padding: .8rem 1rem; color: var(--on-accent); background: var(--accent); }
button.plain { border: 1px solid var(--line); color: var(--ink); background: none; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details { margin-top: 2rem; font-size: .9rem; }
summary { cursor: pointer; }
details dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .75rem 0 0; }
dd { margin: 0; }
code { font: .875rem ui-monospace, monospace; }
@media (max-width: 48rem) {
  .split { display: block; }
  .split > * { padding: 1.5rem; }
  .summary > div { margin: 0; }
}
`);

/**
 * Lays out a hosted page: what customers see, so unlike the console it wears no emulator's header
 * but one line that says no real money moves.
 */
export function hostedPage(title: string, main: Html): Html {
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
        <header><p class="mode">Test payments: no real money moves</p></header>
        ${main}
      </body>
    </html>`;
}

/** A hosted page that only says something, such as that a checkout has ended. */
export function messagePage(title: string, body: Html): Html {
  return hostedPage(
    title,
    html`<main class="message">
      <h1>${title}</h1>
      ${body}
    </main>`,
  );
}
