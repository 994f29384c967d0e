/**
 * npm run mail:preview: writes every mail that we send as a page, light and dark at a phone's width and as text,
 * into the folder that is its argument, and brings the snapshots of the tests up to date.
 */
import { everyLetter, type NamedLetter } from "./letters.ts";
import { LAYOUT, snapshotsOf, TEXTS } from "./snapshot.ts";

const FOLDER = Deno.args[0] ?? ".";
const DARK_ONLY = "@media (prefers-color-scheme: dark)";

const letters = await everyLetter();
Deno.mkdirSync(FOLDER, { recursive: true });
for (const { name, mail } of letters) {
  write(`${name}.light.html`, mail.html.replace(DARK_ONLY, "@media not all"));
  write(`${name}.dark.html`, mail.html.replace(DARK_ONLY, "@media all"));
}
write("index.html", index(letters));

const { texts, layout } = snapshotsOf(letters);
Deno.writeTextFileSync(TEXTS, texts);
Deno.writeTextFileSync(LAYOUT, layout);
console.log(`${letters.length} mails: ${FOLDER}/index.html`);

function write(name: string, content: string): void {
  Deno.writeTextFileSync(`${FOLDER}/${name}`, content);
}

function index(all: NamedLetter[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Every mail</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 24px; }
  section { display: flex; flex-wrap: wrap; gap: 16px; margin: 0 0 40px; }
  h2 { flex-basis: 100%; margin: 0; font-size: 18px; }
  iframe { width: 390px; height: 760px; border: 1px solid #888; border-radius: 12px; }
  pre { width: 80ch; height: 760px; margin: 0; overflow: auto; white-space: pre-wrap; }
</style>
<h1>Every mail</h1>
<nav>${all.map(({ name }) => `<a href="#${name}">${name}</a>`).join(" · ")}</nav>
${all.map(part).join("\n")}
</html>
`;
}

function part({ name, mail }: NamedLetter): string {
  return `<section id="${name}">
  <h2>${name}: ${escaped(mail.subject)}</h2>
  <iframe loading="lazy" src="${name}.light.html" title="${name}, light"></iframe>
  <iframe loading="lazy" src="${name}.dark.html" title="${name}, dark"></iframe>
  <pre>${escaped(mail.text)}</pre>
</section>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
