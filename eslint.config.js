import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const TESTS = ["**/*.test.ts", "**/*.test.tsx", "tests/**"];

/** Where a framework or a tool asks for the default export. */
const DEFAULT_EXPORTED = [
  "app/routes/**",
  "app/root.tsx",
  "app/entry.client.tsx",
  "app/entry.server.tsx",
  "*.config.{js,ts,d.ts}",
];

/** What runs on the server only. Remix takes loaders and actions out of routes, and their imports. */
const SERVER_SIDE = [
  "app/**/*.server.{ts,tsx}",
  "app/server/**",
  "app/routes/**",
  "app/root.tsx",
  "app/entry.server.tsx",
];

/* `no-restricted-imports` is replaced, not extended, by a later block: the lists are put together here. */
const NOT_SHIPPED = {
  group: ["**/emulators/**", "**/supabase/local/**", "**/tests/**", "**/script/**"],
  message: "The site must not know the local stack: it runs on hosted Supabase unchanged.",
};
const NO_PRISMA = {
  group: ["@prisma/*", "prisma", "**/prisma/**"],
  message: "Prisma manages the schema. Data goes through supabase-js, under row level security.",
};
const NO_ENVIRONMENT = {
  name: "node:process",
  importNames: ["env"],
  message: "Read it from ~/lib/env.server: it is checked when the server starts.",
};
const NO_SERVER_MODULES = {
  group: ["**/*.server", "**/*.server.ts", "**/*.server.tsx"],
  allowTypeImports: true,
  message: "This file reaches the browser. Take what it needs as an argument or a prop.",
};

export default tseslint.config(
  {
    ignores: [
      "build/",
      ".local/",
      "coverage/",
      "playwright-report/",
      "test-results/",
      "supabase/functions/", // Deno's own linter reads these
      "app/lib/database.types.ts", // generated
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,

  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Types, not interfaces; `no-restricted-syntax` below knows the one exception.
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An empty function says "nothing to do here" as clearly as a comment would.
      "@typescript-eslint/no-empty-function": "off",
      // What we pass around by name are closures. Nothing of ours reads `this` but a few classes.
      "@typescript-eslint/unbound-method": "off",
      // A function may be async because its callers await it, whatever its body does today.
      "@typescript-eslint/require-await": "off",
      // `||` on strings is meant: "" is as missing as undefined in forms and headers.
      "@typescript-eslint/prefer-nullish-coalescing": [
        "error",
        { ignorePrimitives: { string: true } },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // Remix answers by throwing: redirect(), data() and plain responses are not errors.
      "@typescript-eslint/only-throw-error": [
        "error",
        {
          allow: [
            { from: "lib", name: "Response" },
            { from: "package", package: "@remix-run/server-runtime", name: "TypedResponse" },
            { from: "package", package: "@remix-run/router", name: "DataWithResponseInit" },
          ],
        },
      ],
    },
  },
  {
    // Matchers such as expect.any() and what a test reads from a response are `any`; the assertion
    // on them is the check.
    files: TESTS,
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["*.config.ts"],
    rules: { "@typescript-eslint/no-unsafe-argument": "off" }, // other tools' untyped JavaScript
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: globals.node },
  },

  {
    files: ["public/*.js"],
    languageOptions: { globals: globals.browser },
  },

  {
    files: ["**/*.{ts,tsx,js}"],
    ignores: DEFAULT_EXPORTED,
    rules: {
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: ["**/*.{ts,tsx,js}"],
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TSInterfaceDeclaration:not(TSModuleBlock *)",
          message: "Write a type. Interfaces are for adding to a library's own (declare module).",
        },
        {
          selector:
            "CallExpression[callee.property.name='only'][callee.object.name=/^(test|it|describe)$/]",
          message: "This would leave out every other test.",
        },
      ],
    },
  },

  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: TESTS,
    rules: {
      "no-console": "error", // ~/lib/logger.server keeps personal data out of the logs
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: NO_ENVIRONMENT.message },
      ],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: [NO_ENVIRONMENT], patterns: [NOT_SHIPPED, NO_PRISMA] },
      ],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: [...TESTS, ...SERVER_SIDE],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: [NO_ENVIRONMENT], patterns: [NOT_SHIPPED, NO_PRISMA, NO_SERVER_MODULES] },
      ],
    },
  },
  {
    // The one reader, and the two that set NODE_ENV before anything else is loaded.
    files: ["app/lib/env.server.ts", "app/server/start.ts", "app/server/dev.ts"],
    rules: { "no-restricted-properties": "off" },
  },

  {
    files: ["app/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ["app/**/*.tsx"],
    extends: [jsxA11y.flatConfigs.recommended],
    settings: {
      "jsx-a11y": { components: { Button: "button", Form: "form", Link: "a", NavLink: "a" } },
    },
    rules: {
      "jsx-a11y/anchor-is-valid": ["error", { components: ["Link"], specialLink: ["to"] }],
    },
  },
  {
    files: ["app/routes/**/*.tsx"],
    rules: { "max-lines": ["warn", { max: 250, skipBlankLines: true, skipComments: true }] },
  },
);
