export type Statement = { text: string; line: number };

/** What can hide a semicolon: comments, strings, quoted names, dollar quotes. */
const TOKEN =
  /--[^\n]*|\/\*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?:[A-Za-z_]\w*)?\$|;/g;

/**
 * Splits a script into its statements, each with the line it begins on, so that an error can
 * name it. Does not know `begin atomic` bodies; write those functions with dollar quotes.
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let start = 0;

  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(script); match; match = TOKEN.exec(script)) {
    const token = match[0];
    if (token === ";") {
      addStatement(statements, script, start, match.index);
      start = TOKEN.lastIndex;
    } else if (token === "/*") {
      TOKEN.lastIndex = endOfComment(script, TOKEN.lastIndex);
    } else if (token.startsWith("$")) {
      const end = script.indexOf(token, TOKEN.lastIndex);
      TOKEN.lastIndex = end === -1 ? script.length : end + token.length;
    }
  }

  addStatement(statements, script, start, script.length);
  return statements;
}

function addStatement(statements: Statement[], script: string, start: number, end: number) {
  const piece = script.slice(start, end);
  const text = piece.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "");
  if (!text.trim()) return;

  const line = script.slice(0, start + piece.length - text.length).split("\n").length;
  statements.push({ text: text.trim(), line });
}

/** Block comments nest in Postgres. */
function endOfComment(script: string, from: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth = 1;

  while (depth > 0) {
    const match = edge.exec(script);
    if (!match) return script.length;
    depth += match[0] === "/*" ? 1 : -1;
  }
  return edge.lastIndex;
}
