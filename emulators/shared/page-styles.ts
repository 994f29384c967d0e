import { raw } from "hono/html";

/** The look of every emulator page. System fonts and colours: nothing is fetched. */
export const styles = raw(`
:root {
  color-scheme: light dark;
  --paper: light-dark(#fafaf8, #16181c);
  --card: light-dark(#fff, #1f2228);
  --ink: light-dark(#1c2024, #eceef1);
  --soft: light-dark(#5b636d, #a3abb6);
  --line: light-dark(#dfe2e6, #363b44);
  --accent: light-dark(#2456b8, #8db4ff);
  --on-accent: light-dark(#fff, #10141c);
  --bad: light-dark(#b3261e, #ff9a92);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; padding: .75rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
header .brand { font-weight: 650; color: inherit; text-decoration: none; }
header .brand span { font-weight: 400; color: var(--soft); }
header nav { display: flex; flex-wrap: wrap; gap: 1rem; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
main.narrow { max-width: 30rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.25rem; margin: 0 0 1rem; }
.soft, .empty { color: var(--soft); }
.bad { color: var(--bad); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 550; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; }
label { display: grid; gap: .25rem; font-size: .875rem; color: var(--soft); }
input, select { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .45rem .6rem; min-width: 14rem; }
button { font: inherit; font-weight: 550; cursor: pointer; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); border-radius: .4rem; padding: .45rem .9rem; }
button.plain { background: none; color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
iframe { width: 100%; min-height: max(26rem, 80vh); border: 1px solid var(--line); border-radius: .6rem; background: #fff; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
`);
