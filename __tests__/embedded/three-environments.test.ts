import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject, type RunningCommand } from "../support/embedded-project";

interface Configuration {
  accounts: { shared: { id: string; assumeRole?: string; profile?: string } };
  services: Record<string, unknown>;
  environments: Record<string, unknown>;
}

const ACCOUNTS = { shared: "111111111111", dev: "222222222222", stg: "333333333333", prd: "444444444444" };
const FIXTURE = join(__dirname, "..", "fixtures", "three-environments.yaml");

const system = new EmbeddedProject();
const config = parse(readFileSync(FIXTURE, "utf8")) as Configuration;

beforeAll(() => {
  // A profile that exists on no machine: neither the provider nor the states nor our own calls may use it.
  config.accounts.shared = { id: ACCOUNTS.shared, profile: "acme-shared" };
  system.configure(config);
});
afterAll(() => system.end());

/** A name that the stack of prd needs. */
const TAKEN = { RoleName: "acme-prd-iam-orders-deploy-role" };
const roleInPrd = (operation: "create_role" | "delete_role", parameters = {}) =>
  system.aws(ACCOUNTS.prd, "iam", operation, { ...TAKEN, ...parameters });

/** Waits until the embedded AWS has its operator, then stops the command, so that it deploys nothing yet. */
async function stoppedBeforeDeployment(run: RunningCommand): Promise<void> {
  await run.shows(/The embedded AWS is running/);
  while (!system.text("local", "emulator.json").includes("operator"))
    await new Promise((resolve) => setTimeout(resolve, 10));
  process.kill(run.pid, "SIGSTOP");
}

describe("the three-environment configuration", () => {
  it("is not deployed if moto exits, which is reported in one sentence", async () => {
    const run = system.local();
    await run.shows(/The embedded AWS is running/);
    const { pid } = JSON.parse(system.text("local", "emulator.json")) as { pid: number };
    process.kill(pid, "SIGKILL");
    const { code, err } = await run.ended;
    expect(err).toMatch(
      /^the embedded AWS exited unexpectedly; its state is lost\. Last line of \S+: \(none\)$/m,
    );
    expect(code).toBe(1);
    expect((await system.local("status").ended).out).toMatch(
      /exited unexpectedly; see \S+\. To start another: npx codeseries local/,
    );
  });

  it("is deployed except prd, where a name is taken; shared is not started, and no stack stays locked", async () => {
    const run = system.local();
    await stoppedBeforeDeployment(run);
    roleInPrd("create_role", { AssumeRolePolicyDocument: "{}" });
    process.kill(run.pid, "SIGCONT");
    const { code, err } = await run.ended;
    expect(err).toMatch(/^prd: Error: .*EntityAlreadyExists/m);
    for (const stack of ["dev", "stg"]) expect(err).toMatch(new RegExp(`^${stack}: [1-9]\\d* added, `, "m"));
    expect(err).toMatch(/^shared: not deployed, because a stack that it depends on failed$/m);
    expect(code).toBe(1);
    const { Contents: objects } = system.aws(undefined, "s3", "list_objects_v2", {
      Bucket: "acme-terraform-state",
    }) as { Contents: { Key: string }[] };
    expect(objects.filter(({ Key }) => Key.endsWith(".tflock"))).toEqual([]);
  });

  it("is deployed into its four accounts without it, by a role or without the profile", async () => {
    roleInPrd("delete_role");
    const { code, err, out } = await system.local().ended;
    expect(code === 0 ? "" : err).toBe("");
    expect(out).toMatch(/prd 444444444444 +│ stand-in: VPC +│ vpc-0123456789abcdef0 /);
    for (const [name, account] of Object.entries(ACCOUNTS)) {
      const { clusterArns } = system.aws(account, "ecs", "list_clusters") as { clusterArns: string[] };
      expect(clusterArns).toEqual(
        name === "shared" ? [] : [`arn:aws:ecs:eu-central-1:${account}:cluster/${name}-shop`],
      );
    }
    const { pipelines } = system.aws(ACCOUNTS.shared, "codepipeline", "list_pipelines") as {
      pipelines: { name: string }[];
    };
    const deliveries = Object.keys(config.services).flatMap((service) =>
      Object.keys(config.environments).map((environment) => `${service}-${environment}`),
    );
    expect(pipelines.map(({ name }) => name).sort()).toEqual(deliveries.sort());
  });

  it("is proven to have its permissions, from the deployed documents", async () => {
    const { code, err, out } = await system.permissions("--deployed");
    expect(code === 0 ? "" : out + err).toBe("");
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", "dev", "stg", "prd", "shared"])).toEqual([]);
  });
});
