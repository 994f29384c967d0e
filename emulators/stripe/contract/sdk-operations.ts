import ts from "typescript";

/** One method of a resource class of the SDK and the HTTP call it makes. */
export type SdkOperation = {
  className: string;
  methodName: string;
  httpMethod: string;
  path: string;
};

/**
 * Reads which HTTP call each method of a resource class makes, from the SDK's own
 * JavaScript: `return this._makeRequest('GET', `/v1/refunds/${…}`, …)`.
 *
 * @param sourceText the text of one file of `stripe/esm/resources`
 * @returns one entry per method, ids in the path written as `{id}`
 */
export function readSdkOperations(sourceText: string): SdkOperation[] {
  const file = ts.createSourceFile("resource.js", sourceText, ts.ScriptTarget.ES2022, true);
  const operations: SdkOperation[] = [];

  for (const statement of file.statements) {
    if (!ts.isClassDeclaration(statement) || !statement.name) continue;
    for (const member of statement.members) {
      if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue;
      const call = findRequestCall(member);
      if (!call) continue;
      operations.push({ className: statement.name.text, methodName: member.name.text, ...call });
    }
  }
  return operations;
}

function findRequestCall(
  method: ts.MethodDeclaration,
): { httpMethod: string; path: string } | null {
  let found: { httpMethod: string; path: string } | null = null;

  function visit(node: ts.Node): void {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "_makeRequest"
    ) {
      const [httpMethod, path] = node.arguments;
      if (httpMethod && path && ts.isStringLiteral(httpMethod)) {
        // The first call wins: methods with a deprecated form make a second one.
        found ??= { httpMethod: httpMethod.text, path: pathOf(path) };
      }
    }
    ts.forEachChild(node, visit);
  }

  visit(method);
  return found;
}

function pathOf(node: ts.Expression): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return "";
  return node.head.text + node.templateSpans.map((span) => "{id}" + span.literal.text).join("");
}
