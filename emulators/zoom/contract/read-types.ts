import ts from "typescript";

import type { Schema } from "./schema.ts";

/**
 * Turns type declarations of Zoom's own library into schemas.
 *
 * The declarations are plain trees (literals, arrays, unions of literals, and for events an
 * intersection), so their syntax is enough and the type checker, which is ten times slower, is not
 * needed. Anything else is an error: a silently looser schema would be worse than none.
 *
 * @param source text of a `.d.ts` file
 * @param names the declared types that are wanted
 * @throws when a type is missing or uses syntax that is not covered
 */
export function readTypes(source: string, names: readonly string[]): Record<string, Schema> {
  const file = ts.createSourceFile("types.d.ts", source, ts.ScriptTarget.ES2022, false);
  const declared = new Map(
    file.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type]),
  );

  return Object.fromEntries(
    names.map((name) => {
      const type = declared.get(name);
      if (!type) throw new Error(`The library declares no type ${name}.`);
      return [name, toSchema(type)];
    }),
  );
}

function toSchema(type: ts.TypeNode): Schema {
  if (ts.isParenthesizedTypeNode(type)) return toSchema(type.type);
  if (ts.isTypeLiteralNode(type)) return objectSchema(type);
  if (ts.isArrayTypeNode(type)) return { kind: "array", items: toSchema(type.elementType) };
  if (ts.isUnionTypeNode(type)) return unionSchema(type);
  if (ts.isIntersectionTypeNode(type)) return intersectionSchema(type);
  if (ts.isLiteralTypeNode(type)) return { kind: "enum", values: [literalValue(type)] };
  if (ts.isTypeReferenceNode(type)) return referenceSchema(type);

  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { kind: "string" };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: "number" };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: "boolean" };
    case ts.SyntaxKind.ObjectKeyword:
    case ts.SyntaxKind.UnknownKeyword:
      return { kind: "unknown" };
    default:
      throw new Error(`Not covered: ${ts.SyntaxKind[type.kind]}`);
  }
}

function objectSchema(type: ts.TypeLiteralNode): Schema {
  const properties = type.members.map((member) => {
    if (!ts.isPropertySignature(member) || !member.type) throw new Error("Not covered: a method");
    if (!ts.isIdentifier(member.name) && !ts.isStringLiteral(member.name)) {
      throw new Error("Not covered: a computed key");
    }
    const optional = member.questionToken !== undefined;
    return [member.name.text, { schema: toSchema(member.type), optional }] as const;
  });
  return { kind: "object", properties: Object.fromEntries(properties) };
}

function unionSchema(type: ts.UnionTypeNode): Schema {
  const values = type.types.map((member) => {
    if (!ts.isLiteralTypeNode(member))
      throw new Error("Not covered: a union of other than literals");
    return literalValue(member);
  });
  return { kind: "enum", values };
}

/** `Event<"meeting.started"> & { event: string; … }`: the later part may only narrow the earlier. */
function intersectionSchema(type: ts.IntersectionTypeNode): Schema {
  const merged: Extract<Schema, { kind: "object" }>["properties"] = {};
  for (const member of type.types) {
    const schema = toSchema(member);
    if (schema.kind !== "object")
      throw new Error("Not covered: an intersection of other than objects");
    for (const [key, property] of Object.entries(schema.properties)) {
      if (merged[key]?.schema.kind !== "enum") merged[key] = property;
    }
  }
  return { kind: "object", properties: merged };
}

function referenceSchema(type: ts.TypeReferenceNode): Schema {
  const [argument] = type.typeArguments ?? [];
  if (ts.isIdentifier(type.typeName) && type.typeName.text === "Event" && argument) {
    const event = { schema: toSchema(argument), optional: false };
    return { kind: "object", properties: { event } };
  }
  throw new Error("Not covered: a reference to another type");
}

function literalValue(type: ts.LiteralTypeNode): string | number | boolean {
  const { literal } = type;
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand)) {
    return -Number(literal.operand.text);
  }
  throw new Error(`Not covered: ${ts.SyntaxKind[literal.kind]}`);
}
