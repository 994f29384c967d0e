import ts from "typescript";

import type { Schema } from "./schema.ts";

// TypeScript has one type for all numbers and Stripe has two. Everything is an
// integer but shares, rates, coordinates and physical sizes.
const FRACTIONAL = /percent|_rate$|score$|^(latitude|longitude|height|width|length|weight)$/;

/**
 * Turns types of the SDK's declarations into schemas. Named interfaces become
 * definitions and are referred to, so types may contain each other.
 *
 * @param checker of the program that holds the declarations
 * @returns `convert`, and the definitions it has gathered so far
 */
export function createTypeConverter(checker: ts.TypeChecker) {
  const definitions: Record<string, Schema> = {};

  function convert(type: ts.Type, propertyName = ""): Schema {
    if (type.flags & ts.TypeFlags.Null) return { type: "null" };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { enum: [type.value] };
    if (type.flags & ts.TypeFlags.BooleanLiteral) {
      return { enum: [checker.typeToString(type) === "true"] };
    }
    if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (type.flags & ts.TypeFlags.String) return { type: "string" };
    if (type.flags & ts.TypeFlags.Number) {
      return { type: FRACTIONAL.test(propertyName) ? "number" : "integer" };
    }
    if (type.isUnion()) return convertUnion(type, propertyName);
    if (isOpenString(type)) return { type: "string" };
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
      return convertObject(type, propertyName);
    }
    return { type: "any" };
  }

  function convertUnion(type: ts.UnionType, propertyName: string): Schema {
    const members = type.types.filter((member) => !(member.flags & ts.TypeFlags.Undefined));
    const hasLiterals = members.some((member) => member.isStringLiteral());
    const literals: (string | number | boolean)[] = [];
    const others: Schema[] = [];

    for (const member of members) {
      // The SDK leaves enums open to values of the future. Today only the listed ones exist.
      if (hasLiterals && isOpenString(member)) continue;
      const schema = convert(member, propertyName);
      if ("enum" in schema) literals.push(...schema.enum);
      else others.push(schema);
    }

    if (literals.length === 2 && literals.includes(true) && literals.includes(false)) {
      others.push({ type: "boolean" });
    } else if (literals.length > 0) {
      others.unshift({ enum: literals });
    }
    return others.length === 1 && others[0] ? others[0] : { anyOf: others };
  }

  function convertObject(type: ts.Type, propertyName: string): Schema {
    if (type.aliasSymbol?.name === "Decimal") return { type: "decimal" };
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: "array", items: item ? convert(item, propertyName) : { type: "any" } };
    }
    if (type.getCallSignatures().length > 0 || !isDeclaredBySdk(type)) return { type: "any" };

    const isGeneric = checker.getTypeArguments(type as ts.TypeReference).length > 0;
    const isNamed = Boolean(type.symbol && type.symbol.flags & ts.SymbolFlags.Interface);
    if (!isNamed || isGeneric || type.aliasSymbol?.name === "Partial") return shapeOf(type);

    const key = definitionName(type.symbol);
    if (!(key in definitions)) {
      definitions[key] = { type: "any" }; // holds the place while the type refers to itself
      definitions[key] = shapeOf(type);
    }
    return { $ref: key };
  }

  function shapeOf(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(property);
      // `deleted?: void` says that only the deleted form of the object has this key.
      if (isNeverPresent(propertyType)) continue;
      properties[property.name] = convert(propertyType, property.name);
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return index
      ? { type: "object", properties, required, additional: convert(index) }
      : { type: "object", properties, required };
  }

  function definitionName(symbol: ts.Symbol): string {
    const fileName = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
    const file = fileName.replace(/^.*\/stripe\/esm\/(resources\/)?/, "").replace(/\.d\.ts$/, "");
    return `${file}:${checker.getFullyQualifiedName(symbol).replace(/^".*"\./, "")}`;
  }

  return { convert, definitions };
}

/** `string & Record<never, never>`: how the SDK writes "or a value that does not exist yet". */
function isOpenString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((member) => member.flags & ts.TypeFlags.String);
}

function isNeverPresent(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.every((member) => member.flags & ts.TypeFlags.VoidLike);
}

/** Files, streams and buffers are not JSON and are let through. */
function isDeclaredBySdk(type: ts.Type): boolean {
  const declarations = type.symbol?.declarations ?? [];
  if (type.aliasSymbol?.name === "Partial") return true;
  return declarations.some((declaration) =>
    declaration.getSourceFile().fileName.includes("/stripe/"),
  );
}
