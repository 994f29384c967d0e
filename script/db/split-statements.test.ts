import { describe, expect, it } from "vitest";

import { splitStatements } from "./split-statements.ts";

function texts(script: string) {
  return splitStatements(script).map((statement) => statement.text);
}

describe("splitStatements", () => {
  it("keeps a semicolon that stands in a string, a name, a comment or a dollar quote", () => {
    const statements = [
      `select 'a;''b', "c;d", -- e;\n E'it\\'s;'`,
      "select /* f; /* g; */ h; */ 1",
      "create function x() returns void as $body$ begin perform $$;$$; end; $body$ language plpgsql",
    ];
    expect(texts(`${statements.join(";\n")};`)).toEqual(statements);
  });

  it("says on which line a statement begins, not its comments", () => {
    const script = "begin;\n\n-- why\n/* and\nhow */\nselect 1;\n\nselect 2";
    expect(splitStatements(script)).toEqual([
      { text: "begin", line: 1 },
      { text: "select 1", line: 6 },
      { text: "select 2", line: 8 },
    ]);
  });

  it("finds nothing in a script of comments", () => {
    expect(texts("-- nothing;\n/* at all; */ ; ;")).toEqual([]);
  });

  it("takes positional parameters for what they are", () => {
    expect(texts("execute plan($1, $2); select 1")).toEqual(["execute plan($1, $2)", "select 1"]);
  });
});
