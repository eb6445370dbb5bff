import { parse } from "yaml";
import { isAlive } from "../../src/process/process-identity";
import { recordedRuns } from "../../src/terraform/run/run-records";
import { EmbeddedProject, type Outcome } from "../support/embedded-project";
import { shippedYaml } from "../support/faults";

const DEV = "558846431111";
const STATE_BUCKET = "bys-shared-s3-tfstate";

const system = new EmbeddedProject("plain");
const runs = () => recordedRuns(system.file("local", "terraform-runs"));

beforeAll(() => {
  system.configure(parse(shippedYaml));
});
afterAll(() => system.end());

const stateObjects = () =>
  (
    system.aws(undefined, "s3", "list_objects_v2", { Bucket: STATE_BUCKET }) as {
      Contents: { Key: string }[];
    }
  ).Contents.map(({ Key }) => Key);

describe("a deployment that is interrupted", () => {
  const halfWay = /\bdev .*aws_lb load-balancer\/load-balancer \(/;

  it("by Ctrl-C, twice: the states are written, the locks released, the embedded AWS is running", async () => {
    const run = system.local("up");
    // The state bucket and the environment are deployed at the same time.
    await run.shows(/^bootstrap \d.*; dev \d/m);
    expect(runs()).toHaveLength(2);
    await run.shows(halfWay);
    process.kill(run.pid, "SIGINT");
    process.kill(run.pid, "SIGINT");
    const { code, err } = await run.ended;

    expect(err).toMatch(
      /Stopping: Terraform finishes its current operations, writes its state and unlocks it/,
    );
    expect(err).toMatch(
      /Interrupted\. The state holds what was created; run the same command again to continue\./,
    );
    expect(code).toBe(130);
    expect(runs()).toEqual([]);
    // The state of the bootstrap stack goes into the bucket when the stack is finished.
    const [bootstrapped, ...others] = stateObjects();
    if (bootstrapped === "codeseries/bys/bootstrap.tfstate")
      expect(others).toEqual(["codeseries/bys/dev.tfstate"]);
    else {
      expect([bootstrapped, others]).toEqual(["codeseries/bys/dev.tfstate", []]);
      expect(system.text("local", "bootstrap.tfstate")).toContain(STATE_BUCKET);
    }
    const { out } = await system.terraform("dev", "state", "list");
    expect(out).toMatch(/^aws_vpc\./m);
    expect((await system.local("status").ended).out).toMatch(
      /^The embedded AWS is running at http:\/\/127\.0\.0\.1:/,
    );
  });

  let locked: Outcome;
  it("by kill -9 of Terraform, while a second deployment is refused: the next names the lock", async () => {
    const run = system.local("up");
    await run.shows(/The embedded AWS is running/);
    const second = await system.local("up").ended;
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      /another codeseries command is running \(process \d+, since .*\); wait until it has finished/,
    );

    await run.shows(halfWay);
    const { pid } = JSON.parse(system.text("local", "terraform-runs", "dev.json")) as { pid: number };
    process.kill(-pid, "SIGKILL");
    const killed = await run.ended;
    expect(killed.code).toBe(1);
    // The other stack is finished nevertheless.
    expect(killed.err).toMatch(/^bootstrap: (\d+ added, |no changes in )/m);
    expect(killed.err).toMatch(/^dev: terraform apply failed with exit code 137$/m);
    expect(killed.err).toMatch(/^shared: not deployed, because a stack that it depends on failed$/m);

    locked = await system.local("up").ended;
    expect(locked.code).toBe(1);
    expect(locked.err).toMatch(
      /dev: the state is locked by \S+@\S+ \(terraform apply\) since 20\S+Z, lock ID [0-9a-f-]{36}\./,
    );
    expect(locked.err).toMatch(/npx codeseries local up --recover/);
  });

  it("is repaired as in the runbook: unlock, then import what the state does not know", async () => {
    const [, id = ""] = /force-unlock -force (\S+)/.exec(locked.err) ?? [];
    expect((await system.terraform("dev", "force-unlock", "-force", id)).code).toBe(0);
    expect(stateObjects()).not.toContain("codeseries/bys/dev.tfstate.tflock");

    const again = await system.local("up").ended;
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/dev: Error: .*ELBv2 Load Balancer \(bys-dev-alb-main\).* already exists/);

    const named = { Names: ["bys-dev-alb-main"] };
    const { LoadBalancers: loadBalancers } = system.aws(DEV, "elbv2", "describe_load_balancers", named) as {
      LoadBalancers: { LoadBalancerArn: string }[];
    };
    const [, address = ""] = /with (aws_lb\.\S+)/.exec(again.err) ?? [];
    const imported = await system.terraform(
      "dev",
      "import",
      address,
      loadBalancers[0]?.LoadBalancerArn ?? "",
    );
    expect(imported.out).toMatch(/Import successful!/);
    const { out } = await system.terraform("dev", "plan", "-no-color");
    expect(out).toMatch(/# aws_lb_listener\.\S+ .*will be created/);
    expect(out).not.toMatch(/# aws_lb\.\S+ .*(created|replaced|destroyed)/);
  });

  it("can be discarded, and the system deployed again", async () => {
    const { code, err } = await system.local("up", "--recover").ended;
    expect(err).toMatch(/^The embedded AWS at \S+ was stopped\.\nThe embedded AWS is running at /);
    for (const stack of ["bootstrap", "dev", "shared"])
      expect(err).toMatch(new RegExp(`^${stack}: [1-9]\\d* added, 0 changed, 0 destroyed in `, "m"));
    expect(code).toBe(0);
  });

  it("by kill -9 of the command: Terraform goes on, until the embedded AWS is stopped", async () => {
    const run = system.local();
    while (runs().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(run.pid, "SIGKILL");
    await run.ended;
    const left = runs();
    expect(left).not.toEqual([]);
    expect((await system.local("down").ended).out).toMatch(/^The embedded AWS at \S+ was stopped\.$/m);
    expect(left.filter(isAlive)).toEqual([]);
    expect(runs()).toEqual([]);
  });
});
