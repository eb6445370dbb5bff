import { readdirSync } from "node:fs";
import { parse } from "yaml";
import { identify } from "../../src/process/process-identity";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";
import { shippedYaml } from "../support/faults";

/** Parts of the shipped configuration that the tests change. */
interface Shipped {
  tags?: Record<string, string>;
  environments: { dev: { branch: string; protect: boolean; logRetentionDays?: number } };
  services: Record<string, Service>;
}

interface Service {
  source: { repository: string };
  path: string;
  healthCheckPath: string;
  port: number;
  task?: object;
  build?: object;
  deployment?: object;
}

const SHARED = "202949997891";
const DEV = "558846431111";
const STACKS = ["bootstrap", "dev", "shared"];
const STATE_BUCKET = "bys-shared-s3-tfstate";
const SERVICE = "awssdk-iam";

const system = new EmbeddedProject();
const config = parse(shippedYaml) as Shipped;

/** The shipped configuration's service; the tests change it in place. */
const service = () => config.services[SERVICE] as Service;

beforeAll(() => {
  system.configure(config);
});
afterAll(() => system.end());

describe("the shipped system", () => {
  it("deploys in under 6 minutes", async () => {
    const { code, err, seconds } = await system.local().ended;
    expect(err).toMatch(/bootstrap: \d+ added, 0 changed, 0 destroyed in /);
    expect(err).toMatch(/dev: \d+ added, 0 changed, 0 destroyed in /);
    expect(err).toMatch(/shared: \d+ added, 0 changed, 0 destroyed in /);
    expect(err).toMatch(/dev 558846431111 +│ awssdk-iam in dev: URL +│ http:\/\/\S+\/iam/);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(360);
  });

  it("has empty plans, in a shell that took in the variables", async () => {
    expect(await stacksWithChanges(system, STACKS)).toEqual([]);
  });

  it("deploys a second time in under 60 seconds, and nothing changes", async () => {
    let fastest = Infinity;
    for (let tries = 0; tries < 3 && fastest >= 60; tries++) {
      const { code, err, seconds } = await system.local().ended;
      expect(err.match(/^\w+: no changes/gm)).toEqual(STACKS.map((stack) => `${stack}: no changes`));
      expect(code).toBe(0);
      fastest = Math.min(fastest, seconds);
    }
    expect(fastest).toBeLessThan(60);
  });

  it("lies in the two accounts, with its roles' policies", () => {
    const policies = (account: string, RoleName: string) =>
      (system.aws(account, "iam", "list_role_policies", { RoleName }) as { PolicyNames: string[] })
        .PolicyNames;
    const document = (account: string, RoleName: string) => {
      const [PolicyName] = policies(account, RoleName);
      return JSON.stringify(system.aws(account, "iam", "get_role_policy", { RoleName, PolicyName }));
    };
    const pipeline = document(SHARED, "bys-shared-iam-cdpl-awssdk-iam-role");
    expect(pipeline).toContain(`arn:aws:iam::${DEV}:role/bys-dev-iam-create-cdp-in-shared`);
    const deploy = document(DEV, "bys-dev-iam-create-cdp-in-shared");
    expect(deploy).toContain("arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam");
    expect(document(DEV, "bys-dev-iam-deploy-role")).toContain("repository/ecs/dev-awssdk-iam");
    expect(() => policies(SHARED, "bys-dev-iam-deploy-role")).toThrow("NoSuchEntity");
    expect(() => policies(DEV, "bys-shared-iam-cdb-role")).toThrow("NoSuchEntity");

    const names = (account: string, service: string, operation: string, key: string) =>
      (system.aws(account, service, operation) as Record<string, unknown>)[key];
    expect(names(SHARED, "codepipeline", "list_pipelines", "pipelines")).toMatchObject([
      { name: "bys-shared-cdpl-awssdk-iam-dev" },
    ]);
    expect(names(DEV, "codepipeline", "list_pipelines", "pipelines")).toEqual([]);
    expect(names(DEV, "ecs", "list_clusters", "clusterArns")).toEqual([
      `arn:aws:ecs:ap-northeast-2:${DEV}:cluster/bys-dev-ecs-main`,
    ]);
    expect(names(SHARED, "ecs", "list_clusters", "clusterArns")).toEqual([]);
  });

  it("is proven to have its permissions, from the documents that stand there", async () => {
    const { code, err } = await system.access("--deployed");
    expect(err).toMatch(/✓ proven: (\d+) of \1 needed calls allowed, (\d+) of \2 forbidden calls refused/);
    expect(code).toBe(0);
  });

  it("has a state bucket that a second bootstrap leaves alone, and one without its state adopts", async () => {
    const second = await system.bootstrap();
    expect(second.err).toMatch(/State bucket bys-shared-s3-tfstate: no changes/);
    expect(second.code).toBe(0);

    const Key = "codeseries/bootstrap.tfstate";
    system.aws(undefined, "s3", "delete_object", { Bucket: STATE_BUCKET, Key });
    const adopted = await system.bootstrap();
    expect(adopted.err).toMatch(/State bucket bys-shared-s3-tfstate: 1 imported, /);
    expect(adopted.code).toBe(0);
    expect(await stacksWithChanges(system, ["bootstrap"])).toEqual([]);
  });

  it("refuses credentials of another account, before anything is made", async () => {
    system.configure({ ...config, state: { bucket: "another-state" } });
    const another = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const { code, err } = await system.bootstrap(another);
    system.configure(config);
    expect(err).toMatch(
      /accounts\.shared: expected credentials of account 202949997891, got arn:aws:sts::123456789012:/,
    );
    expect(code).toBe(1);
    const everybody = system.aws(undefined, "s3", "list_buckets") as { Buckets: { Name: string }[] };
    expect(everybody.Buckets.map(({ Name }) => Name).sort()).toEqual([
      "bys-shared-s3-codeseries-awssdk-iam",
      STATE_BUCKET,
    ]);
  });
});

describe("a change of the shipped system", () => {
  const get = (account: string, service: string, operation: string, parameters = {}) =>
    JSON.stringify(system.aws(account, service, operation, parameters));
  const pipeline = () =>
    get(SHARED, "codepipeline", "get_pipeline", { name: "bys-shared-cdpl-awssdk-iam-dev" });

  const changes: [what: string, change: () => void, seen: () => string, expected: string][] = [
    [
      "the desired count",
      () => (service().task = { desiredCount: 3 }),
      () =>
        get(DEV, "ecs", "describe_services", {
          cluster: "bys-dev-ecs-main",
          services: ["bys-dev-svc-awssdk-iam"],
        }),
      '"desiredCount":3',
    ],
    [
      "alarm thresholds",
      () => (service().deployment = { alarms: { serverErrors: 7, unhealthyHosts: 2, minutes: 5 } }),
      () => get(DEV, "cloudwatch", "describe_alarms"),
      '"Threshold":7',
    ],
    [
      "the build image",
      () => (service().build = { image: "aws/codebuild/standard:7.0" }),
      () => get(SHARED, "codebuild", "batch_get_projects", { names: ["bys-shared-cdb-awssdk-iam-dev"] }),
      '"image":"aws/codebuild/standard:7.0"',
    ],
    ["the branch", () => (config.environments.dev.branch = "main"), pipeline, '"BranchName":"main"'],
    [
      "the deployment configuration",
      () => (service().deployment = { config: { linear: { percent: 20, minutes: 2 } } }),
      () =>
        get(DEV, "codedeploy", "get_deployment_group", {
          applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
          deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
        }),
      "linear-20-percent-2-minutes",
    ],
    [
      "a tag",
      () => (config.tags = { owner: "platform" }),
      () => get(DEV, "ecs", "describe_clusters", { clusters: ["bys-dev-ecs-main"], include: ["TAGS"] }),
      '"value":"platform"',
    ],
    [
      "log retention",
      () => (config.environments.dev.logRetentionDays = 14),
      () => get(DEV, "logs", "describe_log_groups"),
      '"retentionInDays":14',
    ],
    [
      "the container's port",
      () => (service().port = 10013),
      () => get(DEV, "ecs", "describe_task_definition", { taskDefinition: "bys-dev-td-awssdk-iam" }),
      '"containerPort":10013',
    ],
    [
      "a second service",
      () =>
        (config.services.orders = {
          source: { repository: "orders" },
          port: 8080,
          path: "/orders",
          healthCheckPath: "/orders/health",
        }),
      () => get(SHARED, "codepipeline", "list_pipelines"),
      "bys-shared-cdpl-orders-dev",
    ],
    [
      "that service gone",
      () => Reflect.deleteProperty(config.services, "orders"),
      () => get(SHARED, "codepipeline", "list_pipelines").replaceAll(/.*orders.*/g, "still there"),
      "bys-shared-cdpl-awssdk-iam-dev",
    ],
  ];

  it.each(changes)("%s: applies, is there, and plans empty", async (_, change, seen, expected) => {
    change();
    system.configure(config);
    const { code, out, err } = await system.cdktf(
      "deploy",
      "dev",
      "shared",
      "--auto-approve",
      "--skip-provider-lock",
    );
    expect(code === 0 ? "" : out + err).toBe("");
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
    expect(seen()).toContain(expected);
  });
});

describe("taking it down", () => {
  const destroy = () => system.cdktf("destroy", "dev", "shared", "--auto-approve", "--skip-provider-lock");
  const protect = async (on: boolean) => {
    config.environments.dev.protect = on;
    system.configure(config);
    expect((await system.local().ended).code).toBe(0);
  };

  it("stops at what protect keeps", async () => {
    await protect(true);
    expect((await destroy()).code).toBe(1);
    const { out, err } = await system.terraform("shared", "plan", "-destroy", "-no-color");
    expect(out + err).toMatch(/Instance cannot be destroyed.*aws_codecommit_repository\.\S*repository/s);
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
  });

  it("is clean without protect, and leaves the states empty", async () => {
    await protect(false);
    expect((await destroy()).code).toBe(0);
    for (const stack of ["dev", "shared"])
      expect((await system.terraform(stack, "state", "list")).out).toBe("");
  });

  it("leaves no process, and nothing in the stacks that leads to the embedded AWS", async () => {
    const { pid } = JSON.parse(system.text("local", "emulator.json")) as { pid: number };
    expect((await system.local("down").ended).err).toMatch(/The embedded AWS at \S+ has ended\./);
    expect(identify(pid)).toBeUndefined();
    expect(readdirSync(system.file("out", "stacks", "dev"))).not.toContain("aws_embedded_override.tf.json");
    expect((await system.local("status").ended).out).toMatch(/^No embedded AWS is running/);
    expect((await system.local("env").ended).code).toBe(1);
  });
});
