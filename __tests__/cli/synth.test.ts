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
import { edit, shippedYaml } from "../support/faults";
import { runCli } from "../support/run-cli";

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
  return runCli(["synth", ...args], { CODESERIES_CONFIG: file, CDKTF_OUTDIR: join(folder, "cdktf.out") });
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
  "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n\nservices:",
]);

describe("codeseries synth", () => {
  it("writes a folder a stack, names them, and exits 0", async () => {
    const { code, out, err } = await run(shippedYaml);
    expect(code).toBe(0);
    expect(Object.keys(written()).sort()).toEqual([
      "/cdktf.out/manifest.json",
      "/cdktf.out/stacks/bootstrap/cdk.tf.json",
      "/cdktf.out/stacks/dev/cdk.tf.json",
      "/cdktf.out/stacks/shared/cdk.tf.json",
    ]);
    expect(out.match(/stacks\/\w+/g)).toEqual(["stacks/bootstrap", "stacks/dev", "stacks/shared"]);
    expect(err).toBe("");
  });

  it("writes the same bytes a second time", async () => {
    await run(withStg);
    const first = written();
    await run(withStg);
    expect(written()).toEqual(first);
  });

  it("exits 2 on a faulty configuration, and leaves what there was byte for byte", async () => {
    await run(shippedYaml);
    const before = written();
    const { code, err } = await run(edit(shippedYaml, ["10.10.0.0/16", "10.10.0.1/16"]));
    expect(code).toBe(2);
    expect(err).toMatch(
      /codeseries\.yaml:21:13 environments\.dev\.network\.cidr: expected a network address/,
    );
    expect(err).not.toMatch(/\n\s+at /);
    expect(written()).toEqual(before);
  });

  it("exits 2 on documents too large for AWS, and writes nothing", async () => {
    const { code, err } = await run(
      edit(shippedYaml, [
        "port: 10012",
        `port: 10012\n    task: { variables: { LONG: "${"x".repeat(66_000)}" } }`,
      ]),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/codeseries\.yaml:25:3 services\.awssdk-iam: expected fewer variables and secrets/);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("removes stacks that the configuration no longer has, and keeps what Terraform left in the others", async () => {
    await run(withStg);
    for (const stack of ["dev", "stg"]) {
      mkdirSync(join(folder, "cdktf.out/stacks", stack, ".terraform"));
      writeFileSync(join(folder, "cdktf.out/stacks", stack, ".terraform/terraform.tfstate"), "{}");
    }
    await run(shippedYaml);
    expect(readdirSync(join(folder, "cdktf.out/stacks")).sort()).toEqual(["bootstrap", "dev", "shared"]);
    expect(written()).toHaveProperty(["/cdktf.out/stacks/dev/.terraform/terraform.tfstate"], "{}");
  });

  it("writes one stack by itself, and leaves the other stacks and the manifest as they were", async () => {
    await run(withStg);
    const before = written();
    const changed = edit(withStg, ["port: 10012", "port: 10013"]);
    const { code, out } = await run(changed, "--stack", "stg");
    expect(code).toBe(0);
    expect(out.match(/stacks\/\w+/g)).toEqual(["stacks/stg"]);
    const { "/cdktf.out/stacks/stg/cdk.tf.json": stg, ...others } = written();
    expect(stg).not.toBe(before["/cdktf.out/stacks/stg/cdk.tf.json"]);
    for (const [file, content] of Object.entries(others))
      expect(file.endsWith("manifest.json") ? JSON.parse(content) : content).toEqual(
        file.endsWith("manifest.json") ? JSON.parse(before[file] ?? "") : before[file],
      );
    await run(changed);
    expect(written()["/cdktf.out/stacks/stg/cdk.tf.json"]).toBe(stg);
  });

  it("writes one stack into an empty output folder", async () => {
    expect((await run(shippedYaml, "--stack", "shared")).code).toBe(0);
    expect(Object.keys(written()).sort()).toEqual([
      "/cdktf.out/manifest.json",
      "/cdktf.out/stacks/shared/cdk.tf.json",
    ]);
  });

  it("exits 2 on a stack that the configuration does not have, names those that it has, and writes nothing", async () => {
    expect(await run(shippedYaml, "--stack", "prd")).toEqual({
      code: 2,
      out: "",
      err: '--stack: expected one of bootstrap, dev, shared, got "prd"',
    });
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("exits 1 with the system's word when it cannot write", async () => {
    writeFileSync(join(folder, "cdktf.out"), "a file in the way");
    const { code, err } = await run(shippedYaml);
    expect(code).toBe(1);
    expect(err).toMatch(/cdktf\.out/);
  });

  it("names the output folder and each stack's file with --json", async () => {
    const outdir = join(folder, "cdktf.out");
    const { out } = await run(shippedYaml, "--json");
    const file = (stack: string) => join(outdir, "stacks", stack, "cdk.tf.json");
    expect(JSON.parse(out)).toEqual({
      outdir,
      stacks: { bootstrap: file("bootstrap"), dev: file("dev"), shared: file("shared") },
    });
  });
});
