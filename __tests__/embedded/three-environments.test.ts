import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { People } from "../support/aws-proxy/people";
import { stacksWithChanges } from "../support/deployed";
import { withoutIgnoring } from "../support/drift";
import { EmbeddedProject, type RunningCommand } from "../support/embedded-project";
import { describeLong } from "../support/long";

interface Configuration {
  region: string;
  accounts: Record<string, { id: string }> & {
    shared: { id: string; assumeRole?: string; profile?: string };
  };
  services: Record<string, { environments?: Record<string, unknown> }>;
  environments: Record<string, { account?: string }>;
}

const ACCOUNTS = { shared: "111111111111", dev: "222222222222", stg: "333333333333", prd: "444444444444" };
/** Roles under which `promote` copies images. */
const PROMOTION_ROLES = ["dev", "stg", "prd"].map((name) => `acme-${name}-iam-promotion-role`);
const FIXTURE = join(__dirname, "..", "fixtures", "three-environments.yaml");

const system = new EmbeddedProject();
const config = parse(readFileSync(FIXTURE, "utf8")) as Configuration;

beforeAll(() => {
  // A profile that exists on no machine: neither the provider nor the states nor our own calls may use it.
  config.accounts.shared = { id: ACCOUNTS.shared, profile: "acme-shared" };
  const hook = `arn:aws:lambda:eu-central-1:${ACCOUNTS.prd}:function:billing-check`;
  const { environments = {} } = config.services.billing ?? {};
  environments.prd = { deployment: { hooks: { afterAllowTestTraffic: hook } } };
  system.configure(config);
  writeApplication();
});
afterAll(async () => {
  await system.end();
  await people?.stop();
});

/** The Dockerfiles of web and billing. With the engine none, nothing but their existence matters. */
function writeApplication() {
  for (const folder of ["application/docker", "application/app"])
    mkdirSync(system.file(folder), { recursive: true });
  for (const name of ["Dockerfile", "docker/web.Dockerfile"])
    writeFileSync(system.file("application", name), "FROM public.ecr.aws/docker/library/busybox\n");
  writeFileSync(system.file("application", "app", "index.html"), "");
}

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
    const { fault, out } = await system.local().ended;
    expect(fault).toBe("");
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
    const { fault } = await system.permissions("--deployed");
    expect(fault).toBe("");
  });

  it("has empty plans", async () => {
    expect(await stacksWithChanges(system, ["bootstrap", ...STACKS])).toEqual([]);
  });
});

const STACKS = ["dev", "stg", "prd", "shared"];

const push = async (service: string, environment: string) => {
  const folder = system.file("application");
  const { fault } = await system.local("push", service, folder, "--environment", environment).ended;
  expect(fault).toBe("");
};

const watched = async (service: string, environment: string) => {
  const { code, err, out } = await system.local("watch", service, environment).ended;
  return code === 0 ? out : out + err;
};

const pipelines = (operation: string, name: string, parameters = {}) =>
  system.aws(ACCOUNTS.shared, "codepipeline", operation, { pipelineName: name, ...parameters });

/** Statuses of a pipeline's executions, the newest first. The first one, without a branch, has failed. */
function executions(pipeline: string): string[] {
  const answer = pipelines("list_pipeline_executions", pipeline) as {
    pipelineExecutionSummaries: { status: string }[];
  };
  return answer.pipelineExecutionSummaries.map(({ status }) => status);
}

interface Forward {
  readonly TargetGroupArn?: string;
  readonly Weight?: number;
}

interface ForwardAction extends Forward {
  readonly ForwardConfig?: { readonly TargetGroups: readonly Forward[] };
}

let people: People | undefined;

/** A command that people run on a running system, under the policies that it provides for them. */
const runAs = async (whose: "readers" | "operators", ...args: string[]) => {
  if (!people) throw new Error("the policies for people are not enforced yet");
  return system.codeseries(args, people.env(whose)).ended;
};

/** Digests that run, by environment. */
async function digestsOf(service: string): Promise<Record<string, readonly string[]>> {
  const { err, out } = await runAs("readers", "status", service, "--json");
  if (out === "") throw new Error(err);
  const rows = JSON.parse(out) as { environment: string; digests: readonly string[] }[];
  return Object.fromEntries(rows.map(({ digests, environment }) => [environment, digests]));
}

/** The first line of `codeseries why` after a rehearsal: the cause. */
const CAUSES = {
  approval: /^arn:aws:sts::111111111111:assumed-role\/\S+ rejected the release$/,
  hook: /^The hook AfterAllowTestTraffic reported that its test failed$/,
} as const;

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describeLong("an image of the three environments, with stand-ins for images and containers", () => {
  const promote = (from: string, to: string, ...more: string[]) =>
    runAs("operators", "promote", "billing", "--from", from, "--to", to, ...more);

  it("is promoted only where a release of it has succeeded", async () => {
    const { fault } = await system.local("up", "--engine", "none").ended;
    expect(fault).toBe("");
    const stacks = Object.entries(config.environments).map(([name, { account = name }]) => [account, name]);
    people = await People.of(
      system,
      config,
      { shared: "shared", ...(Object.fromEntries(stacks) as Record<string, string>) },
      PROMOTION_ROLES,
    );
    expect(await promote("dev", "stg")).toMatchObject({
      code: 1,
      err: text(/^billing dev: no release has succeeded, so there is nothing to promote/),
    });
    expect(await promote("dev", "dev")).toMatchObject({ code: 2, err: text(/^--to: expected another/) });
  });

  it("is promoted from dev to stg, and to prd if a person agrees, with the same digest", async () => {
    await push("billing", "dev");
    expect(await watched("billing", "dev")).toMatch(/^execution \w+ Succeeded$/m);
    const { dev: released = [] } = await digestsOf("billing");
    expect(released).toEqual([text(/^sha256:/)]);

    const toStg = await promote("dev", "stg", "--wait");
    expect(toStg.fault).toBe("");
    expect(toStg.err).toMatch(/^deployment d-\w+ succeeded in dev at /m);
    expect(await promote("stg", "prd")).toMatchObject({
      code: 2,
      err: text(/^Release sha256:\w+ to prd\?: expected an answer on a terminal, or --yes/m),
    });
    const toPrd = await promote("stg", "prd", "--yes", "--wait");
    expect(toPrd.fault).toBe("");
    expect(await digestsOf("billing")).toEqual({ dev: released, stg: released, prd: released });
    expect(await promote("dev", "prd")).toMatchObject({ code: 0, out: text(/prd runs this image already/) });
  });

  it("is not promoted while the pipeline is closed, nor without a success or a reason", async () => {
    const closed = { stageName: "PrdDeploy", transitionType: "Inbound" };
    pipelines("disable_stage_transition", "billing-prd", { ...closed, reason: "year end" });
    const refused = await promote("dev", "prd").finally(() => {
      pipelines("enable_stage_transition", "billing-prd", closed);
    });
    expect(refused).toMatchObject({
      code: 1,
      err: text(/^billing prd: \S+ has disabled the transition to PrdDeploy of billing-prd: year end/),
    });
    const other = `sha256:${"0".repeat(64)}`;
    expect(await promote("dev", "prd", "--digest", other)).toMatchObject({
      code: 1,
      err: text(/^billing dev: ECR does not have the image /),
    });
  });

  it("leaves empty plans, and was copied under the role for promotions", async () => {
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
    const of = (prefix: string) => people?.actions.filter((action) => action.startsWith(prefix));
    expect(of("sts:")).toEqual(["sts:AssumeRole", "sts:GetCallerIdentity"]);
    expect(of("ecr:")).toEqual(expect.arrayContaining(["ecr:BatchGetImage", "ecr:PutImage"]));
  });
});

/** Where the rules of the listeners of dev forward to: `default: acme-dev-tg-web-green`, each once. */
function forwarding(): string[] {
  const elb = (operation: string, parameters = {}) =>
    system.aws(ACCOUNTS.dev, "elbv2", operation, parameters);
  const { LoadBalancers: balancers } = elb("describe_load_balancers") as {
    LoadBalancers: { LoadBalancerArn: string }[];
  };
  const { Listeners: listeners } = elb("describe_listeners", {
    LoadBalancerArn: balancers[0]?.LoadBalancerArn,
  }) as {
    Listeners: { ListenerArn: string }[];
  };
  const lines = listeners.flatMap(({ ListenerArn }) => {
    const { Rules: rules } = elb("describe_rules", { ListenerArn }) as {
      Rules: { IsDefault: boolean; Actions: ForwardAction[] }[];
    };
    return rules.flatMap(({ Actions, IsDefault }) =>
      Actions.flatMap(
        ({ ForwardConfig, TargetGroupArn }) => ForwardConfig?.TargetGroups ?? { TargetGroupArn },
      )
        .filter(({ TargetGroupArn, Weight }) => TargetGroupArn !== undefined && Weight !== 0)
        .map(
          ({ TargetGroupArn = "" }) =>
            `${IsDefault ? "default" : "rule"}: ${TargetGroupArn.split("/")[1] ?? ""}`,
        ),
    );
  });
  return [...new Set(lines)].sort();
}

/** What an approval of prd waits for; undefined if it does not. */
function waitingApproval(pipeline: string): { stage: string; action: string; token: string } | undefined {
  const { stageStates } = system.aws(ACCOUNTS.shared, "codepipeline", "get_pipeline_state", {
    name: pipeline,
  }) as {
    stageStates: {
      stageName: string;
      actionStates: { actionName: string; latestExecution?: { status: string; token?: string } }[];
    }[];
  };
  for (const { actionStates, stageName } of stageStates)
    for (const { actionName, latestExecution } of actionStates)
      if (latestExecution?.status === "InProgress" && latestExecution.token !== undefined)
        return { stage: stageName, action: actionName, token: latestExecution.token };
  return undefined;
}

/** What the plan of dev would not change, and why it is ignored all the same. */
const IGNORED_FOR_CHANGES = {
  "aws_appautoscaling_target: suspended_state": "the provider keeps what the configuration does not set",
  "aws_cloudwatch_metric_alarm: alarm_name": "`names.*TargetGroup` changes: day-two.test.ts",
  "aws_ecs_service: network_configuration": "the network changes: CodeDeploy's task sets have their own",
  "aws_ecs_service: platform_version": "ECS refuses an update of it for CodeDeploy's services",
  "aws_lb_target_group: name": "`names.*TargetGroup` changes: day-two.test.ts",
  "aws_lb_target_group: port": "the service's port changes: day-two.test.ts",
  "aws_subnet: availability_zone": "computed from the zone's id, which replaces the subnet with it",
  "aws_subnet: availability_zone_id": "AWS opens or closes a zone of the region",
};

describeLong("the three environments as they run, with stand-ins for images and containers", () => {
  it("are started without a change of resources", async () => {
    const { fault } = await system.local("up", "--engine", "none").ended;
    expect(fault).toBe("");
    expect(await stacksWithChanges(system, ["dev"])).toEqual([]);
  });

  it("release two services of one load balancer at once, each by its own rules, and in dev alone", async () => {
    const before = forwarding();
    await Promise.all([push("web", "dev"), push("billing", "dev")]);
    const releases = await Promise.all([watched("web", "dev"), watched("billing", "dev")]);
    for (const release of releases) expect(release).toMatch(/^execution \w+ Succeeded$/m);
    expect(before).toContain("default: acme-dev-tg-web-blue");
    const after = before.map((line) => line.replace(/(web|billing)-blue$/, "$1-green"));
    expect(forwarding()).toEqual([...new Set(after)].sort());
    expect(executions("web-dev")).toEqual(["Succeeded", "Failed"]);
    for (const other of ["web-stg", "web-prd"]) expect(executions(other)).toEqual(["Failed"]);
  });

  it("would be changed back by a plan that did not ignore what AWS has changed", async () => {
    const target = { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount" };
    const resource = { ResourceId: "service/dev-shop/acme-dev-svc-orders" };
    const SuspendedState = { DynamicScalingInSuspended: true };
    // A pause of scaling, and what scaling does.
    system.aws(ACCOUNTS.dev, "application-autoscaling", "register_scalable_target", {
      ...{ ...target, ...resource, SuspendedState },
    });
    system.aws(ACCOUNTS.dev, "ecs", "update_service", {
      ...{ cluster: "dev-shop", service: "acme-dev-svc-orders", desiredCount: 2 },
    });
    const { needed, needless } = await withoutIgnoring(system, "dev");
    expect(needed).toEqual([
      "aws_ecs_service: desired_count",
      "aws_ecs_service: load_balancer",
      "aws_ecs_service: task_definition",
      "aws_lb_listener: default_action",
      "aws_lb_listener_rule: action",
    ]);
    expect(needless).toEqual(Object.keys(IGNORED_FOR_CHANGES));
  });

  it.each(["approval", "hook"] as const)("end a rehearsal of %s in prd as AWS would end it", async (kind) => {
    const { code, err, out } = await system.codeseries(["rehearse", "billing", "prd", "--fail", kind]).ended;
    expect(`${out}\n${err}`).toContain(`✓ ${kind}: ended as it should`);
    expect(code).toBe(0);
    const why = await runAs("readers", "why", "billing", "prd");
    expect(why.out.split("\n")[0] || why.err).toMatch(CAUSES[kind]);
  });

  it("hold a release to prd until a person approves it", async () => {
    await push("billing", "prd");
    let waiting = waitingApproval("billing-prd");
    for (; !waiting; waiting = waitingApproval("billing-prd"))
      await new Promise((resolve) => setTimeout(resolve, 500));
    expect(executions("billing-prd")[0]).toBe("InProgress");
    const { stage, action, token } = waiting;
    pipelines("put_approval_result", "billing-prd", {
      ...{ stageName: stage, actionName: action, token },
      result: { status: "Approved", summary: "a person has looked at it" },
    });
    expect(await watched("billing", "prd")).toMatch(/^execution \w+ Succeeded$/m);
  });

  it("have empty plans afterwards", async () => {
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
  });
});
