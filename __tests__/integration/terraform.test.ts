import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Interrupted } from "../../src/errors";
import { Interruption } from "../../src/process/interruption";
import { deploy } from "../../src/terraform/deploy";
import { LiveLine } from "../../src/terraform/run/live-line";
import { initialize, plan } from "../../src/terraform/operations";
import { recordedRuns } from "../../src/terraform/run/run-records";
import { stackIn, type RunContext } from "../../src/terraform/run/run";

/** Resources of Terraform's built-in provider, which needs no installation: `{ a: {} }` is `terraform_data.a`. */
type Resources = Readonly<Record<string, object>>;

const notes: string[] = [];
let folder: string;
let interruption: Interruption;
let context: RunContext;

beforeEach(() => {
  notes.length = 0;
  folder = mkdtempSync(join(tmpdir(), "codeseries-terraform-"));
  const progress = {
    note: (text: string) => notes.push(text),
    live: () => undefined,
    clear: () => undefined,
  };
  interruption = new Interruption(progress);
  context = {
    env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: "1" },
    progress,
    live: new LiveLine(progress),
    interruption,
    log: join(folder, "log"),
    runs: join(folder, "runs"),
  };
});
afterEach(() => {
  interruption.end();
  rmSync(folder, { recursive: true });
});

const state = (stack: string) => readFileSync(join(folder, `${stack}.tfstate`), "utf8");

/** Writes stacks as cdktf synthesizes them, with a local backend. */
function write(
  stacks: Readonly<Record<string, Resources>>,
  dependencies: Record<string, string[]> = {},
): void {
  for (const [name, resources] of Object.entries(stacks)) {
    const stack = join(folder, "stacks", name);
    mkdirSync(stack, { recursive: true });
    const json = {
      terraform: { backend: { local: { path: join(folder, `${name}.tfstate`) } } },
      resource: { terraform_data: resources },
    };
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(json));
  }
  const entries = Object.keys(stacks).map((name): [string, object] => [
    name,
    { dependencies: dependencies[name] ?? [] },
  ]);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
}

const running = (command: string) => ({ provisioner: [{ "local-exec": { command } }] });

/** A command that succeeds only if the other stack's command runs at the same time. */
const meets = (own: string, other: string) =>
  running(
    `touch ${folder}/${own}; for i in $(seq 200); do test -e ${folder}/${other} && exit 0; sleep 0.1; done; exit 1`,
  );

describe("the deployment of several stacks", () => {
  it("applies independent stacks at the same time, and the others after their dependencies", async () => {
    const shared = running(`test -s ${folder}/dev.tfstate -a -s ${folder}/stg.tfstate`);
    write(
      { shared: { a: shared }, dev: { a: meets("dev", "stg"), b: {} }, stg: { a: meets("stg", "dev") } },
      { shared: ["dev", "stg"] },
    );
    await deploy(context, folder, ["shared", "dev", "stg"]);
    expect(notes.slice(0, 2).sort()).toEqual([
      expect.stringMatching(/^dev: 2 added, 0 changed, 0 destroyed in /),
      expect.stringMatching(/^stg: 1 added, 0 changed, 0 destroyed in /),
    ]);
    expect(notes[2]).toMatch(/^shared: 1 added, 0 changed, 0 destroyed in /);
    expect(readFileSync(context.log, "utf8")).toMatch(/^dev: terraform_data.b: Creation complete after /m);
  });

  it("changes nothing the second time, and initializes a stack again only if its backend changes", async () => {
    write({ dev: { a: {} } });
    await deploy(context, folder, ["dev"]);
    const initialized = () => statSync(join(context.runs, "dev.init.log")).mtimeMs;
    const before = initialized();
    await deploy(context, folder, ["dev"]);
    expect(notes[1]).toMatch(/^dev: no changes in /);
    expect(initialized()).toBe(before);

    const file = join(folder, "stacks", "dev", "cdk.tf.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("dev.tfstate", "moved.tfstate"));
    await deploy(context, folder, ["dev"]);
    expect(initialized()).toBeGreaterThan(before);
    expect(state("moved")).toContain("terraform_data");
  });

  it("finishes the others if a stack fails, and does not start what depends on it", async () => {
    const dev = { a: running("echo no such VPC >&2; exit 3"), b: {} };
    write({ dev, stg: { a: running("sleep 3"), b: {} }, shared: { a: {} } }, { shared: ["dev", "stg"] });
    const failed = deploy(context, folder, ["dev", "stg", "shared"]);
    await expect(failed).rejects.toThrow(
      /^dev: terraform apply failed with exit code 1\ndev: Error: local-exec provisioner error\n {2}with terraform_data\.a .*\n {2}.*no such VPC[^]*^shared: not deployed, because a stack that it depends on failed$/m,
    );
    expect(notes).toEqual([expect.stringMatching(/^stg: 2 added, /)]);
    expect(state("dev")).toContain('"name": "b"');
    expect(existsSync(join(folder, "stacks", "shared", ".terraform"))).toBe(false);
  });

  it("reports a configuration that Terraform rejects", async () => {
    write({ dev: { a: { input: "${terraform_data.none.output}" } } });
    await expect(deploy(context, folder, ["dev"])).rejects.toThrow(
      /^dev: terraform apply failed with exit code 1\ndev: Error: Reference to undeclared resource\n/,
    );
  });
});

describe("an interruption", () => {
  it("lets every Terraform write its state, and starts no other", async () => {
    const slow = { a: running("sleep 60"), b: {} };
    write({ dev: slow, stg: slow, shared: { a: {} } }, { shared: ["dev", "stg"] });
    const deployed = deploy(context, folder, ["dev", "stg", "shared"]);
    const outcome = expect(deployed).rejects.toThrow(Interrupted);
    const applying = () =>
      (existsSync(context.log) ? readFileSync(context.log, "utf8") : "").match(/local-exec\): Executing/g);
    while (applying()?.length !== 2) await wait(50);
    expect(recordedRuns(context.runs)).toHaveLength(2);
    process.emit("SIGINT");
    await outcome;
    for (const stack of ["dev", "stg"]) {
      expect(state(stack)).toContain('"name": "b"');
      expect(existsSync(join(folder, `.${stack}.tfstate.lock.info`))).toBe(false);
    }
    expect(recordedRuns(context.runs)).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^Stopping: Terraform finishes /)]);
  });
});

describe("a plan", () => {
  it("is saved where the caller says, and shows what it changes", async () => {
    write({ dev: { a: {} } });
    const stack = stackIn(folder, "dev");
    await initialize(context, stack);
    expect(await plan(context, stack, { file: "saved" })).toBe(true);
    const shown = execFileSync("terraform", ["show", "-json", "saved"], {
      cwd: stack.folder,
      encoding: "utf8",
    });
    expect(JSON.parse(shown)).toMatchObject({
      resource_changes: [{ address: "terraform_data.a", change: { actions: ["create"] } }],
    });
  });
});
