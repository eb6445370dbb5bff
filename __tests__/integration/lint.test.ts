import { execFileSync } from "node:child_process";
import { join } from "node:path";

type Probe = readonly [what: string, file: string, imported: string];

const refused: readonly Probe[] = [
  ["the root of the provider", "src/stacks/shared-stack.ts", "@cdktf/provider-aws"],
  ["configuration, in a construct", "src/constructs/iam/role.ts", "../../config/schema"],
  ["the system, in a construct", "src/constructs/iam/role.ts", "../../system/arns"],
  ["one folder of constructs, in another", "src/constructs/build/image-build.ts", "../service/cluster"],
  ["stacks, in the system", "src/system/arns.ts", "../stacks/escape-template"],
  ["the system, in configuration", "src/config/load.ts", "../system/system"],
  ["the system, deep in configuration", "src/config/schema/index.ts", "../../system/arns"],
  ["the system, in delivery", "src/delivery/files.ts", "../system/arns"],
  ["configuration, in delivery", "src/delivery/files.ts", "../config/schema"],
  ["delivery, in a construct", "src/constructs/iam/role.ts", "../../delivery/files"],
  ["delivery, in the system", "src/system/arns.ts", "../delivery/files"],
  ["the command line, in stacks", "src/stacks/escape-template.ts", "../cli/ui"],
];

const taken: readonly Probe[] = [
  ["one resource of the provider", "src/constructs/iam/role.ts", "@cdktf/provider-aws/lib/iam-role"],
  ["a foundation, in a construct", "src/constructs/build/image-build.ts", "../iam/role"],
  [
    "the pipeline action, in a source",
    "src/constructs/source/pipeline-trigger.ts",
    "../pipeline/pipeline-action",
  ],
  ["delivery, in stacks", "src/stacks/escape-template.ts", "../delivery/files"],
  ["a delivery of the system, in the system", "src/system/arns.ts", "./delivery"],
  ["constructs, in stacks", "src/stacks/escape-template.ts", "../constructs/iam/role"],
];

/**
 * The rule as eslint's configuration has it for each file, without the rules that need types: those take
 * seconds a file. Runs in a process of its own: jest does not load the configuration, an ES module.
 */
const LINT = `
import { ESLint, Linter } from "eslint";
const eslint = new ESLint();
const linter = new Linter();
const probes = JSON.parse(process.argv[1]);
const found = [];
for (const [, filePath, imported] of probes) {
  const { rules } = await eslint.calculateConfigForFile(filePath);
  const rule = { rules: { "no-restricted-imports": rules["no-restricted-imports"] } };
  found.push(linter.verify('import * as probe from "' + imported + '";\\nexport default probe;\\n', rule).length > 0);
}
console.log(JSON.stringify(found));
`;

describe("the direction of imports", () => {
  const probes = [...refused, ...taken];
  const output = execFileSync("node", ["--input-type=module", "-e", LINT, JSON.stringify(probes)], {
    cwd: join(__dirname, "..", ".."),
    encoding: "utf8",
  });
  const restricted = JSON.parse(output) as boolean[];

  const isRestricted = (what: string) => restricted[probes.findIndex((probe) => probe[0] === what)];

  it.each(refused)("refuses %s", (what) => {
    expect(isRestricted(what)).toBe(true);
  });

  it.each(taken)("takes %s", (what) => {
    expect(isRestricted(what)).toBe(false);
  });
});
