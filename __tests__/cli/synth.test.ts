import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synth } from "../../src/cli/synth";
import { edit, shippedYaml } from "../support/faults";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(yaml: string, ...args: string[]) {
  const file = join(folder, "codeseries.yaml");
  writeFileSync(file, yaml);
  const said = { out: [] as string[], err: [] as string[] };
  const output = { out: (text: string) => said.out.push(text), err: (text: string) => said.err.push(text) };
  const code = synth(args, { CODESERIES_CONFIG: file, CDKTF_OUTDIR: join(folder, "cdktf.out") }, output);
  return { code, out: said.out.join("\n"), err: said.err.join("\n") };
}

/** Every file below the output folder, with its content. */
function written(): Record<string, string> {
  const files = readdirSync(join(folder, "cdktf.out"), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ name, parentPath }) => [
      join(parentPath, name).slice(folder.length),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

const withStg = edit(shippedYaml, [
  "\nservices:",
  "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n\nservices:",
]);

describe("npm run synth", () => {
  it("writes a folder a stack, names them, and exits 0", () => {
    const { code, out, err } = run(shippedYaml);
    expect(code).toBe(0);
    expect(Object.keys(written()).sort()).toEqual([
      "/cdktf.out/manifest.json",
      "/cdktf.out/stacks/bootstrap/cdk.tf.json",
      "/cdktf.out/stacks/dev/cdk.tf.json",
      "/cdktf.out/stacks/shared/cdk.tf.json",
    ]);
    expect(err.match(/stacks\/\w+/g)).toEqual(["stacks/bootstrap", "stacks/dev", "stacks/shared"]);
    expect(out).toBe("");
  });

  it("writes the same bytes a second time", () => {
    run(withStg);
    const first = written();
    run(withStg);
    expect(written()).toEqual(first);
  });

  it("exits 2 on a faulty configuration, and leaves what there was byte for byte", () => {
    run(shippedYaml);
    const before = written();
    const { code, err } = run(edit(shippedYaml, ["10.10.0.0/16", "10.10.0.1/16"]));
    expect(code).toBe(2);
    expect(err).toMatch(
      /codeseries\.yaml:21:13 environments\.dev\.network\.cidr: expected a network address/,
    );
    expect(err).not.toMatch(/\n\s+at /);
    expect(written()).toEqual(before);
  });

  it("exits 2 on documents too large for AWS, and writes nothing", () => {
    const { code, err } = run(
      edit(shippedYaml, [
        "port: 10012",
        `port: 10012\n    task: { variables: { LONG: "${"x".repeat(66_000)}" } }`,
      ]),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/codeseries\.yaml:24:3 services\.awssdk-iam: expected fewer variables and secrets/);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("removes stacks that the configuration no longer has, and keeps what Terraform left in the others", () => {
    run(withStg);
    for (const stack of ["dev", "stg"]) {
      mkdirSync(join(folder, "cdktf.out/stacks", stack, ".terraform"));
      writeFileSync(join(folder, "cdktf.out/stacks", stack, ".terraform/terraform.tfstate"), "{}");
    }
    run(shippedYaml);
    expect(readdirSync(join(folder, "cdktf.out/stacks")).sort()).toEqual(["bootstrap", "dev", "shared"]);
    expect(written()).toHaveProperty(["/cdktf.out/stacks/dev/.terraform/terraform.tfstate"], "{}");
  });

  it("writes one stack by itself, and leaves the other stacks and the manifest as they were", () => {
    run(withStg);
    const before = written();
    const changed = edit(withStg, ["port: 10012", "port: 10013"]);
    const { code, err } = run(changed, "--stack", "stg");
    expect(code).toBe(0);
    expect(err.match(/stacks\/\w+/g)).toEqual(["stacks/stg"]);
    const { "/cdktf.out/stacks/stg/cdk.tf.json": stg, ...others } = written();
    expect(stg).not.toBe(before["/cdktf.out/stacks/stg/cdk.tf.json"]);
    for (const [file, content] of Object.entries(others))
      expect(file.endsWith("manifest.json") ? JSON.parse(content) : content).toEqual(
        file.endsWith("manifest.json") ? JSON.parse(before[file] ?? "") : before[file],
      );
    run(changed);
    expect(written()["/cdktf.out/stacks/stg/cdk.tf.json"]).toBe(stg);
  });

  it("writes one stack into an empty output folder", () => {
    expect(run(shippedYaml, "--stack", "shared").code).toBe(0);
    expect(Object.keys(written()).sort()).toEqual([
      "/cdktf.out/manifest.json",
      "/cdktf.out/stacks/shared/cdk.tf.json",
    ]);
  });

  it("exits 2 on a stack that the configuration does not have, names those that it has, and writes nothing", () => {
    expect(run(shippedYaml, "--stack", "prd")).toEqual({
      code: 2,
      out: "",
      err: '--stack: expected one of bootstrap, dev, shared, got "prd"',
    });
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("exits 1 with the system's word when it cannot write", () => {
    writeFileSync(join(folder, "cdktf.out"), "a file in the way");
    const { code, err } = run(shippedYaml);
    expect(code).toBe(1);
    expect(err).toMatch(/cdktf\.out/);
  });

  it("shows its help alone on standard output", () => {
    expect(run(shippedYaml, "--help")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Usage: npm run synth/) as string,
      err: "",
    });
  });

  it("exits 2 on an option that it does not know, and shows those that it does", () => {
    const { code, err } = run(shippedYaml, "--fast");
    expect(code).toBe(2);
    expect(err).toMatch(/Unknown option '--fast'[^]*Usage: npm run synth/);
  });
});
