import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

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

interface Found {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

const root = join(__dirname, "..", "..");
const folder = temporaryFolder();

/** What `npm run lint` says of files, as `<file>:<line> <rule>`, were they the project. */
function lint(files: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const config = `export { default } from "${join(root, "oxlint.config.mjs")}";`;
  const project = [...files, ["oxlint.config.mjs", [config]], ["tsconfig.json", ["{}"]]] as const;
  for (const [file, lines] of project) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), `${lines.join("\n")}\n`);
  }
  const oxlint = join(root, "node_modules", ".bin", "oxlint");
  const options = { cwd: folder.path, encoding: "utf8" } as const;
  const { stdout } = spawnSync(oxlint, ["--config", "oxlint.config.mjs", "--format", "json"], options);
  return (JSON.parse(stdout) as Found).diagnostics.map(
    ({ code, filename, labels }) => `${filename}:${String(labels[0]?.span.line)} ${code}`,
  );
}

describe("the direction of imports", () => {
  /** Lines of each file: every probe is one. */
  const files = new Map<string, string[]>();
  const places = new Map<string, string>();
  for (const [what, file, imported] of [...refused, ...taken]) {
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    lines.push(`export * as probe${lines.length} from "${imported}";`);
    places.set(what, `${file}:${lines.length} eslint(no-restricted-imports)`);
  }
  let found: readonly string[] | undefined;
  beforeEach(() => {
    found ??= lint(files);
  });

  it.each(refused)("refuses %s", (what) => {
    expect(found).toContain(places.get(what));
  });

  it.each(taken)("takes %s", (what) => {
    expect(found).not.toContain(places.get(what));
  });
});

describe("the rules", () => {
  it("know types", () => {
    const files = new Map([["src/late.ts", ["const late = async () => Promise.resolve();", "late();"]]]);
    expect(lint(files)).toEqual(["src/late.ts:2 typescript(no-floating-promises)"]);
  });
});
