import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Which folders of `src` a folder may import from. Every folder but `constructs` may import `errors`, which imports none. */
const mayImport = {
  config: [],
  process: [],
  system: ["config"],
  stacks: ["config", "system", "constructs"],
  aws: ["config", "naming", "system", "process"],
  synthesis: ["config", "system"],
  permissions: ["config", "system", "synthesis", "process", "aws"],
  terraform: ["config", "naming", "system", "process", "aws"],
  local: ["config", "naming", "system", "process", "aws", "terraform"],
  access: ["config", "naming", "system", "process", "aws", "permissions"],
  cli: [
    "config",
    "naming",
    "system",
    "stacks",
    "app",
    "process",
    "aws",
    "terraform",
    "local",
    "access",
    "permissions",
    "synthesis",
  ],
};
const folders = [...Object.keys(mayImport), "constructs", "naming", "app"];

const providerRoot = {
  name: "@cdktf/provider-aws",
  message:
    "Import @cdktf/provider-aws/lib/<resource>: the root loads 1,500 resources, and takes ten times as long.",
};

/** Within `constructs`, folders stand side by side: stacks connect them. These may be built upon. */
const foundations = "iam/|storage/|pipeline/pipeline-action$";

const direction = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { paths: [providerRoot], patterns }] },
});

export default tseslint.config(
  { ignores: ["cdktf.out/", "lib/", "node_modules/", ".local/", "*.js", "scripts/"] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.mjs"] } } } },
  { rules: { "no-restricted-imports": ["error", { paths: [providerRoot] }] } },
  {
    rules: {
      // Constructs join the tree by being made.
      "no-new": "off",
      "@typescript-eslint/no-extraneous-class": ["error", { allowConstructorOnly: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...Object.entries(mayImport).map(([folder, allowed]) =>
    direction(
      [`src/${folder}/**/*.ts`],
      folders
        .filter((other) => other !== folder && !allowed.includes(other))
        .map((other) => ({
          group: [`**/${other}`, `**/${other}/**`],
          message: `${folder} may import ${allowed.join(", ") || "nothing of ours"}.`,
        })),
    ),
  ),
  direction(["src/errors.ts"], [{ regex: "^\\./", message: "errors imports no other file of ours." }]),
  direction(
    ["src/constructs/**/*.ts"],
    [
      {
        regex: "^\\.\\./\\.\\./",
        message: "Constructs know neither configuration nor system: they take strings and small objects.",
      },
      {
        regex: `^\\.\\./(?!\\.\\./|${foundations})`,
        message: "Folders of constructs do not import each other: stacks connect them.",
      },
    ],
  ),
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
