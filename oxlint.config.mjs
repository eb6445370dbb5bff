import { rules, withoutTypes } from "./scripts/lint-rules.mjs";

/** Which folders of `src` a folder may import from. Every folder but `constructs` may import `errors`, which imports none. */
const mayImport = {
  config: [],
  process: [],
  delivery: [],
  system: ["config"],
  stacks: ["config", "system", "constructs", "delivery"],
  synthesis: ["config", "system"],
  diagram: ["synthesis"],
  aws: ["config", "system", "process"],
  permissions: ["config", "system", "delivery", "synthesis", "process", "aws"],
  terraform: ["config", "system", "process", "aws"],
  local: ["config", "system", "process", "aws", "terraform"],
  repository: ["config", "system", "delivery", "stacks"],
  // Rules and policies depend on plan JSON alone.
  review: [],
  operate: ["config", "system", "delivery", "stacks", "process", "aws"],
  planning: ["config", "system", "synthesis", "process", "aws", "terraform", "review"],
  cli: [
    "config",
    "system",
    "delivery",
    "stacks",
    "app",
    "process",
    "aws",
    "synthesis",
    "diagram",
    "permissions",
    "terraform",
    "local",
    "repository",
    "review",
    "planning",
    "operate",
  ],
};
const folders = [...Object.keys(mayImport), "constructs", "app"];

const providerRoot = {
  name: "@cdktf/provider-aws",
  message:
    "Import @cdktf/provider-aws/lib/<resource>: the root loads 1,500 resources, and takes ten times as long.",
};

/** The files of a folder of `src`, or the file of that name: not `system/delivery.ts`, or `scaffold/repository.ts`. */
const patternsOf = (name) =>
  ["delivery", "repository"].includes(name) ? [`**/${name}/**`] : [`**/${name}`, `**/${name}/**`];

/** Within `constructs`, folders stand side by side: stacks connect them. These may be built upon. */
const foundations = ["iam/**", "storage/**", "pipeline/pipeline-action"];

const direction = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { paths: [providerRoot], patterns }] },
});

export default {
  plugins: ["typescript"],
  categories: { correctness: "error" },
  options: { typeAware: true },
  ignorePatterns: ["cdktf.out/", "lib/", "node_modules/", ".local/", "*.js", "scripts/", "templates/"],
  rules: { ...rules, "no-restricted-imports": ["error", { paths: [providerRoot] }] },
  overrides: [
    { files: ["**/*.mjs"], rules: withoutTypes },
    ...Object.entries(mayImport).map(([folder, allowed]) =>
      direction(
        [`src/${folder}/**/*.ts`],
        folders
          .filter((other) => other !== folder && !allowed.includes(other))
          .map((other) => ({
            group: patternsOf(other),
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
          group: ["../*/**", ...foundations.map((path) => `!../${path}`)],
          message: "Folders of constructs do not import each other: stacks connect them.",
        },
      ],
    ),
  ],
};
