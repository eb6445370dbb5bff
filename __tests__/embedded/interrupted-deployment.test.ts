import { readdirSync } from "node:fs";
import { parse } from "yaml";
import { identify } from "../../src/process/process-identity";
import { EmbeddedProject, type Outcome } from "../support/embedded-project";
import { shippedYaml } from "../support/faults";

const DEV = "558846431111";
const STATE_BUCKET = "bys-shared-s3-tfstate";

const system = new EmbeddedProject();

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

/** The Terraforms of a deployment that are at work. */
const terraforms = () =>
  readdirSync(system.file("local", "terraform-runs"))
    .map(Number)
    .filter((pid) => pid > 0 && identify(pid));

describe("a deployment that is cut off", () => {
  const halfWay = /^dev .*aws_lb load-balancer\/load-balancer \(/m;

  it("by Ctrl-C, twice: the state is written, the lock released, the embedded AWS still up", async () => {
    const run = system.local("up");
    await run.said(halfWay);
    process.kill(run.pid, "SIGINT");
    process.kill(run.pid, "SIGINT");
    const { code, err } = await run.ended;

    expect(err).toMatch(/Stopping: Terraform ends what it has begun, writes its state and unlocks it/);
    expect(err).toMatch(/Interrupted\. What was made is in the state; the same command goes on from there\./);
    expect(code).toBe(130);
    expect(stateObjects()).toEqual(["codeseries/bootstrap.tfstate", "codeseries/dev.tfstate"]);
    const { out } = await system.terraform("dev", "state", "list");
    expect(out).toMatch(/^aws_vpc\./m);
    expect((await system.local("status").ended).out).toMatch(
      /^The embedded AWS runs at http:\/\/127\.0\.0\.1:/,
    );
  });

  let locked: Outcome;
  it("by kill -9 of Terraform, while a second deployment is refused: the next names the lock", async () => {
    const run = system.local("up");
    await run.said(/The embedded AWS runs/);
    const second = await system.local("up").ended;
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      /another npm run local or bootstrap is at work \(process \d+, since .*\): wait for its end/,
    );

    await run.said(halfWay);
    for (const pid of terraforms()) process.kill(pid, "SIGKILL");
    expect((await run.ended).code).toBe(1);

    locked = await system.local("up").ended;
    expect(locked.code).toBe(1);
    expect(locked.err).toMatch(
      /dev: the state is locked by \S+@\S+ \(terraform apply\) since 20\S+Z, lock ID [0-9a-f-]{36}\./,
    );
    expect(locked.err).toMatch(/npm run local -- up --recover/);
  });

  it("is mended as the runbook says: unlock, then import what the state does not know", async () => {
    const [, id = ""] = /force-unlock -force (\S+)/.exec(locked.err) ?? [];
    expect((await system.terraform("dev", "force-unlock", "-force", id)).code).toBe(0);
    expect(stateObjects()).not.toContain("codeseries/dev.tfstate.tflock");

    const again = await system.local("up").ended;
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/dev: Error: ELBv2 Load Balancer \(bys-dev-alb-main\) already exists/);

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

  it("can be thrown away whole, and deployed anew", async () => {
    const { code, err } = await system.local("up", "--recover").ended;
    expect(err).toMatch(/^The embedded AWS at \S+ has ended\.\nThe embedded AWS runs at /);
    for (const stack of ["bootstrap", "dev", "shared"])
      expect(err).toMatch(new RegExp(`^${stack}: [1-9]\\d* added, 0 changed, 0 destroyed in `, "m"));
    expect(code).toBe(0);
  });

  it("leaves no Terraform at work in an embedded AWS that is ended, though the command was killed", async () => {
    const run = system.local();
    await run.said(/^bootstrap: no changes/m);
    while (terraforms().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const left = terraforms();
    process.kill(run.pid, "SIGKILL");
    await run.ended;
    expect((await system.local("down").ended).err).toMatch(/^The embedded AWS at \S+ has ended\.$/m);
    expect(left.filter((pid) => identify(pid))).toEqual([]);
    expect(terraforms()).toEqual([]);
  });
});
