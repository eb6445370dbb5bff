/** Rules of oxlint beside its category `correctness`: those of typescript-eslint's set "strict, with types". */
const JAVASCRIPT = `
  no-array-constructor no-case-declarations no-empty no-fallthrough no-prototype-builtins no-regex-spaces
  no-unexpected-multiline no-useless-assignment no-useless-constructor no-var prefer-const prefer-rest-params
  prefer-spread preserve-caught-error`;
const TYPESCRIPT = `
  consistent-type-imports no-confusing-void-expression no-deprecated no-dynamic-delete no-empty-object-type
  no-explicit-any no-generated-empty-object-type no-invalid-void-type no-misused-promises no-mixed-enums
  no-namespace no-non-null-asserted-nullish-coalescing no-non-null-assertion no-require-imports
  no-unnecessary-boolean-literal-compare no-unnecessary-condition no-unnecessary-template-expression
  no-unnecessary-type-arguments no-unnecessary-type-assertion no-unnecessary-type-constraint
  no-unnecessary-type-conversion no-unnecessary-type-parameters no-unsafe-argument no-unsafe-assignment
  no-unsafe-call no-unsafe-enum-assignment no-unsafe-enum-comparison no-unsafe-function-type
  no-unsafe-member-access no-unsafe-return only-throw-error prefer-literal-enum-member
  prefer-promise-reject-errors prefer-reduce-type-parameter prefer-return-this-type
  related-getter-setter-pairs require-await unified-signatures use-unknown-in-catch-callback-variable`;

const NO_MIXING = {
  ...{ allowAny: false, allowBoolean: false, allowNullish: false },
  ...{ allowNumberAndString: false, allowRegExp: false },
};

/** Rules with options. */
const SET = {
  "no-unused-expressions": { allowShortCircuit: false, allowTaggedTemplates: false, allowTernary: false },
  "typescript/ban-ts-comment": { minimumDescriptionLength: 10 },
  // Constructs join the tree by being made.
  "typescript/no-extraneous-class": { allowConstructorOnly: true },
  "typescript/restrict-plus-operands": NO_MIXING,
  "typescript/restrict-template-expressions": { allowNumber: true },
  "typescript/return-await": "error-handling-correctness-only",
};

const on = (names, prefix = "") =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [`${prefix}${name}`, "error"]);

export const rules = {
  ...Object.fromEntries([...on(JAVASCRIPT), ...on(TYPESCRIPT, "typescript/")]),
  // Texts in an order that only has to be the same each time.
  "typescript/require-array-sort-compare": "off",
  ...Object.fromEntries(Object.entries(SET).map(([name, options]) => [name, ["error", options]])),
};

/** For JavaScript, in which whatever comes from elsewhere is `any`. */
export const withoutTypes = Object.fromEntries(
  Object.keys(rules)
    .filter((name) => /\/no-(unsafe|confusing-void)-/.test(name))
    .map((name) => [name, "off"]),
);
