import { readdirSync } from "node:fs";
import { parse } from "yaml";
import { identify } from "../../src/process/process-identity";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject, type Outcome } from "../support/embedded-project";
import { shippedYaml } from "../support/faults";

/** The parts of the shipped configuration that the tests change. */
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

const system = new EmbeddedProject("plain");
const config = parse(shippedYaml) as Shipped;

/** The service of the shipped configuration, which the tests change in place. */
const service = () => config.services[SERVICE] as Service;

/** `npx cdktf` for the stacks that `npm run local` deployed. */
const cdktf = (command: "deploy" | "destroy") =>
  system.cdktf(command, "dev", "shared", "--auto-approve", "--skip-provider-lock");

beforeAll(() => {
  system.configure(config);
});
afterAll(() => system.end());

describe("the shipped system", () => {
  it("deploys in under 6 minutes", async () => {
    const { code, err, out, seconds } = await system.local().ended;
    expect(err).toMatch(/bootstrap: \d+ added, 0 changed, 0 destroyed in /);
    expect(err).toMatch(/dev: \d+ added, 0 changed, 0 destroyed in /);
    expect(err).toMatch(/shared: \d+ added, 0 changed, 0 destroyed in /);
    expect(out).toMatch(/dev 558846431111 +│ awssdk-iam in dev: URL +│ http:\/\/\S+\/iam/);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(360);
    // Terraform would read the provider for each of them at every command.
    expect(system.text("out", "stacks", "dev", ".terraform.lock.hcl")).not.toContain("hashes");
  });

  it("has an empty plan by npx cdktf diff", async () => {
    const { code, out } = await system.cdktf("diff", "shared", "--skip-provider-lock");
    expect(out).toMatch(/No changes\. Your infrastructure matches the configuration/);
    expect(code).toBe(0);
  });

  it("deploys a second time in under 60 seconds, and nothing changes", async () => {
    let fastest = Infinity;
    for (let tries = 0; tries < 3 && fastest >= 60; tries++) {
      const { code, err, seconds } = await system.local().ended;
      expect(err.match(/^\w+: no changes/gm)?.sort()).toEqual(STACKS.map((stack) => `${stack}: no changes`));
      expect(code).toBe(0);
      fastest = Math.min(fastest, seconds);
    }
    expect(fastest).toBeLessThan(60);
  });

  it("is in the two accounts, with the policies of its roles", () => {
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

  it("is proven to have its permissions, from the deployed documents", async () => {
    const { code, out } = await system.permissions("--deployed");
    expect(out).toMatch(
      /✓ proven: [^]*required calls +(\d+) of \1 allowed\n +forbidden calls +(\d+) of \2 denied\n/,
    );
    expect(code).toBe(0);
  });

  it("has a state bucket that a second bootstrap does not change", async () => {
    const { code, out } = await system.bootstrap();
    expect(out).toMatch(/State bucket bys-shared-s3-tfstate: no changes/);
    expect(code).toBe(0);
  });

  it("refuses credentials of another account, before anything is created", async () => {
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

const get = (account: string, service: string, operation: string, parameters = {}) =>
  JSON.stringify(system.aws(account, service, operation, parameters));

/** The memory, variables, secrets and hooks of a release are in one of these two. */
const deliveryFile = (name: string) => {
  const Bucket = "bys-shared-s3-codeseries-awssdk-iam";
  const { Body } = system.aws(SHARED, "s3", "get_object", { Bucket, Key: `delivery/${name}` }) as {
    Body: string;
  };
  return Body;
};
const SECRET = `arn:aws:secretsmanager:ap-northeast-2:${DEV}:secret:db-AbCdEf`;
const HOOK = `arn:aws:lambda:ap-northeast-2:${DEV}:function:smoke-test`;

interface Change {
  readonly what: string;
  readonly make: () => void;
  /** What AWS answers, which must contain `expected` afterwards. */
  readonly answer: () => string;
  readonly expected: string;
}

const FIRST_CHANGES: readonly Change[] = [
  {
    what: "the desired count",
    make: () => (service().task = { cpu: 512, memory: 1024, desiredCount: 3 }),
    answer: () =>
      get(DEV, "ecs", "describe_services", {
        cluster: "bys-dev-ecs-main",
        services: ["bys-dev-svc-awssdk-iam"],
      }),
    expected: '"desiredCount":3',
  },
  {
    what: "the thresholds of an alarm",
    make: () => (service().deployment = { alarms: { errorPercent: 7, unhealthyHosts: 2, minutes: 5 } }),
    answer: () => get(DEV, "cloudwatch", "describe_alarms"),
    expected: '"Threshold":7',
  },
  {
    what: "the build image",
    make: () => (service().build = { image: "aws/codebuild/standard:7.0" }),
    answer: () =>
      get(SHARED, "codebuild", "batch_get_projects", { names: ["bys-shared-cdb-awssdk-iam-dev"] }),
    expected: '"image":"aws/codebuild/standard:7.0"',
  },
  {
    what: "the branch",
    make: () => (config.environments.dev.branch = "main"),
    answer: () => get(SHARED, "codepipeline", "get_pipeline", { name: "bys-shared-cdpl-awssdk-iam-dev" }),
    expected: '"BranchName":"main"',
  },
  {
    what: "the log retention",
    make: () => (config.environments.dev.logRetentionDays = 14),
    answer: () => get(DEV, "logs", "describe_log_groups"),
    expected: '"retentionInDays":14',
  },
  {
    what: "a second service",
    make: () =>
      (config.services.orders = {
        source: { repository: "orders" },
        port: 8080,
        path: "/orders",
        healthCheckPath: "/orders/health",
      }),
    answer: () => get(SHARED, "codepipeline", "list_pipelines"),
    expected: "bys-shared-cdpl-orders-dev",
  },
];

const SECOND_CHANGES: readonly Change[] = [
  {
    what: "the deployment configuration",
    make: () => (service().deployment = { config: { linear: { percent: 20, minutes: 2 } } }),
    answer: () =>
      get(DEV, "codedeploy", "get_deployment_group", {
        applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
        deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
      }),
    expected: "linear-20-percent-2-minutes",
  },
  {
    what: "the port of the container",
    make: () => (service().port = 10013),
    answer: () => get(DEV, "ecs", "describe_task_definition", { taskDefinition: "bys-dev-td-awssdk-iam" }),
    expected: '"containerPort":10013',
  },
  {
    what: "the removal of the second service",
    make: () => Reflect.deleteProperty(config.services, "orders"),
    answer: () => get(SHARED, "codepipeline", "list_pipelines").replaceAll(/.*orders.*/g, "not removed"),
    expected: "bys-shared-cdpl-awssdk-iam-dev",
  },
  {
    what: "a tag",
    make: () => (config.tags = { owner: "platform" }),
    answer: () => get(DEV, "ecs", "describe_clusters", { clusters: ["bys-dev-ecs-main"], include: ["TAGS"] }),
    expected: '"value":"platform"',
  },
  {
    what: "the protection",
    make: () => (config.environments.dev.protect = true),
    answer: () => {
      const { LoadBalancers: found } = system.aws(DEV, "elbv2", "describe_load_balancers") as {
        LoadBalancers: { LoadBalancerArn: string }[];
      };
      const LoadBalancerArn = found[0]?.LoadBalancerArn;
      return get(DEV, "elbv2", "describe_load_balancer_attributes", { LoadBalancerArn });
    },
    expected: '{"Key":"deletion_protection.enabled","Value":"true"}',
  },
];

describe("the changed configuration", () => {
  const make = (changes: readonly Change[]) => {
    for (const change of changes) change.make();
    system.configure(config);
  };
  let adoption: Promise<Outcome>;

  it("is deployed by npx cdktf deploy, and plans empty", async () => {
    make(FIRST_CHANGES);
    // Most of an adoption is waiting, and it works on another stack.
    const Key = "codeseries/bys/bootstrap.tfstate";
    system.aws(undefined, "s3", "delete_object", { Bucket: STATE_BUCKET, Key });
    adoption = system.bootstrap();
    const { fault } = await cdktf("deploy");
    expect(fault).toBe("");
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
  });

  it.each(FIRST_CHANGES)("changes $what", ({ answer, expected }) => {
    expect(answer()).toContain(expected);
  });

  it("meanwhile, a bootstrap without a state adopts the bucket", async () => {
    const { code, out } = await adoption;
    expect(out).toMatch(/State bucket bys-shared-s3-tfstate: 1 imported, /);
    expect(code).toBe(0);
    expect(await stacksWithChanges(system, ["bootstrap"])).toEqual([]);
  });

  it("is deployed by npm run local, and plans empty", async () => {
    make(SECOND_CHANGES);
    const { fault } = await system.local().ended;
    expect(fault).toBe("");
    // The next plan of shared shows the next change alone.
    expect(await stacksWithChanges(system, ["dev"])).toEqual([]);
  });

  it.each(SECOND_CHANGES)("changes $what", ({ answer, expected }) => {
    expect(answer()).toContain(expected);
  });
});

describe("settings of a release", () => {
  const task = {
    cpu: 512,
    memory: 2048,
    variables: { LOG_LEVEL: "debug" },
    secrets: { DB_PASSWORD: SECRET },
  };

  it("are readable in the plan of shared, and in no other file of it", async () => {
    service().task = task;
    service().deployment = { hooks: { afterAllowTestTraffic: HOOK } };
    system.configure(config);
    expect((await system.synth()).code).toBe(0);
    const { out } = await system.terraform("shared", "plan", "-no-color");
    expect(out).toMatch(/~ memory +=? *"1024" -> "2048"/);
    expect(out).toMatch(/\+ name += "LOG_LEVEL"\s+\+ value += "debug"/);
    expect(out).toMatch(new RegExp(`\\+ name += "DB_PASSWORD"\\s+\\+ valueFrom += "${SECRET}"`));
    expect(out).toMatch(new RegExp(`\\+ +- AfterAllowTestTraffic: ${HOOK}`));
    expect(out).toMatch(/Plan: 0 to add, 2 to change, 0 to destroy/);
  });

  it("are applied, and then the plans are empty", async () => {
    expect((await system.local().ended).code).toBe(0);
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
  });

  it("are in the files that the next build reads", () => {
    expect(JSON.parse(deliveryFile("taskdef.json"))).toMatchObject({
      memory: String(task.memory),
      containerDefinitions: [
        {
          environment: [{ name: "LOG_LEVEL", value: "debug" }],
          secrets: [{ name: "DB_PASSWORD", valueFrom: SECRET }],
        },
      ],
    });
    expect(parse(deliveryFile("appspec.yml"))).toMatchObject({ Hooks: [{ AfterAllowTestTraffic: HOOK }] });
  });
});

describe("npx cdktf destroy", () => {
  it("is stopped by protected resources, and changes nothing then", async () => {
    expect((await cdktf("destroy")).code).toBe(1);
    const { out, err } = await system.terraform("shared", "plan", "-destroy", "-no-color");
    expect(out + err).toMatch(/Instance cannot be destroyed.*aws_codecommit_repository\.\S*repository/s);
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
  });

  it("leaves empty states if nothing is protected", async () => {
    config.environments.dev.protect = false;
    system.configure(config);
    expect((await system.local().ended).code).toBe(0);
    expect((await cdktf("destroy")).code).toBe(0);
    for (const stack of ["dev", "shared"])
      expect((await system.terraform(stack, "state", "list")).out).toBe("");
  });
});

describe("npm run local -- down", () => {
  it("leaves no process, and no stack that leads to the embedded AWS", async () => {
    const { pid } = JSON.parse(system.text("local", "emulator.json")) as { pid: number };
    expect((await system.local("down").ended).out).toMatch(/The embedded AWS at \S+ was stopped\./);
    expect(identify(pid)).toBeUndefined();
    expect(readdirSync(system.file("out", "stacks", "dev"))).not.toContain("aws_embedded_override.tf.json");
    expect((await system.local("status").ended).out).toMatch(/^No embedded AWS is running/);
    expect((await system.local("env").ended).code).toBe(1);
  });
});
