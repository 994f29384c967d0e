import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import ts from "typescript";

import { CONTRACT_FORMAT, locateSdk } from "./locate-sdk.ts";
import type { Contract, Operation } from "./schema.ts";
import { readSdkOperations } from "./sdk-operations.ts";
import { createTypeConverter } from "./type-to-schema.ts";

/**
 * Reads from the SDK's declarations what every call of some resources takes and returns.
 * Takes a few seconds: the TypeScript compiler loads the declarations.
 *
 * @param resources files of `stripe/esm/resources` without ending, such as `Checkout/Sessions`
 * @returns the contract of all their operations
 * @throws Error when a file is not there
 */
export function generateContract(resources: string[]): Contract {
  const { folder, version, apiVersion } = locateSdk();
  const declarations = resources.map((name) => join(folder, "esm/resources", `${name}.d.ts`));
  const program = ts.createProgram(declarations, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const converter = createTypeConverter(checker);
  const operations: Record<string, Operation> = {};

  for (const [position, name] of resources.entries()) {
    const declaration = declarations[position] ?? "";
    const source = program.getSourceFile(declaration);
    if (!source) throw new Error(`The SDK has no ${declaration}`);
    const script = readFileSync(join(dirname(declaration), `${name.split("/").at(-1)}.js`), "utf8");

    for (const call of readSdkOperations(script)) {
      const signature = findSignature(checker, source, call.className, call.methodName);
      if (!signature) continue;
      operations[`${call.httpMethod} ${call.path}`] = {
        source: `${name}.${call.methodName}`,
        params: signature.params
          ? converter.convert(signature.params)
          : { type: "object", properties: {}, required: [] },
        result: converter.convert(signature.result),
      };
    }
  }

  return {
    format: CONTRACT_FORMAT,
    sdkVersion: version,
    apiVersion,
    operations,
    definitions: converter.definitions,
  };
}

function findSignature(
  checker: ts.TypeChecker,
  source: ts.SourceFile,
  className: string,
  methodName: string,
): { params: ts.Type | null; result: ts.Type } | null {
  const declaration = source.statements.find(
    (statement): statement is ts.ClassDeclaration =>
      ts.isClassDeclaration(statement) && statement.name?.text === className,
  );
  // Overloads differ in leaving out the params: the one that has them says more.
  const overloads = [...(declaration?.members ?? [])]
    .filter(ts.isMethodDeclaration)
    .filter((member) => member.name.getText() === methodName);
  const method = overloads.find((overload) => paramsOf(overload)) ?? overloads[0];
  if (!method) return null;

  const params = paramsOf(method);
  const result = resultOf(checker, method);
  if (!result) return null;
  return {
    params: params?.type ? checker.getTypeFromTypeNode(params.type) : null,
    result,
  };
}

function paramsOf(method: ts.MethodDeclaration): ts.ParameterDeclaration | undefined {
  return method.parameters.find((parameter) => parameter.name.getText() === "params");
}

/** The body of the answer, out of `Promise<Response<Body>>` or `ApiListPromise<Item>`. */
function resultOf(checker: ts.TypeChecker, method: ts.MethodDeclaration): ts.Type | null {
  if (!method.type || !ts.isTypeReferenceNode(method.type)) return null;
  const promised = checker.getTypeFromTypeNode(method.type);
  const awaited = checker.getAwaitedType(promised) ?? promised;
  const body = awaited.aliasSymbol?.name === "Response" ? awaited.aliasTypeArguments?.[0] : null;
  return body ?? awaited;
}
