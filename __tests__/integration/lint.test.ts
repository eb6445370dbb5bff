import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** What eslint says of a text, as if it stood in that file. */
function lint(file: string, text: string): string {
  const options = ["eslint", "--stdin", "--stdin-filename", file];
  return spawnSync("npx", options, { cwd: root, encoding: "utf8", input: text }).stdout;
}

describe("the direction of imports", () => {
  it.each([
    ["the root of the provider", "src/stacks/shared-stack.ts", "@cdktf/provider-aws"],
    ["configuration, in a construct", "src/constructs/iam/role.ts", "../../config/schema"],
    ["naming, in a construct", "src/constructs/iam/role.ts", "../../naming/arns"],
    ["one folder of constructs, in another", "src/constructs/build/image-build.ts", "../service/cluster"],
    ["stacks, in naming", "src/naming/arns.ts", "../stacks/literal"],
    ["naming, in configuration", "src/config/schema.ts", "../naming/limits"],
    ["the command line, in stacks", "src/stacks/literal.ts", "../cli/output"],
  ])("refuses %s", (_, file, imported) => {
    expect(lint(file, `import * as probe from "${imported}";\nexport default probe;\n`)).toMatch(
      /no-restricted-imports/,
    );
  });

  it.each([
    ["one resource of the provider", "src/constructs/iam/role.ts", "@cdktf/provider-aws/lib/iam-role"],
    ["a foundation, in a construct", "src/constructs/build/image-build.ts", "../iam/role"],
    [
      "the pipeline action, in a source",
      "src/constructs/source/pipeline-trigger.ts",
      "../pipeline/pipeline-action",
    ],
    ["constructs, in stacks", "src/stacks/literal.ts", "../constructs/iam/role"],
  ])("takes %s", (_, file, imported) => {
    expect(lint(file, `import * as probe from "${imported}";\nexport default probe;\n`)).not.toMatch(
      /no-restricted-imports/,
    );
  });
});
