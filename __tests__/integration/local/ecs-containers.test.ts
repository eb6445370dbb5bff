import { UpdateServiceCommand, type ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Engine } from "../../../src/local/engine/engine";
import { chooseEngine } from "../../../src/local/engine/kind";
import { openEngine } from "../../../src/local/engine/open";
import { removeAllTasks } from "../../../src/local/engine/remove";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { EcsServices, runEcs } from "../../support/ecs-service";
import { until } from "../../support/until";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";

const ACCOUNT = "111111111111";

const IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";

const name = chooseEngine().name === "buildah" ? "buildah" : "none";

const web: ContainerDefinition = {
  name: "web",
  image: IMAGE,
  entryPoint: ["sh", "-c"],
  command: ["sleep 1000"],
};

const aws = new EmbeddedAws();
const services = new EcsServices(aws, ACCOUNT);
let embedded: Embedded;
let engine: Engine;
let running: ReturnType<typeof runEcs>;

const holds = (check: () => Promise<boolean>) => until(check, () => aws.said.slice(-20).join("\n"));

beforeAll(async () => {
  embedded = await aws.start();
  engine = openEngine(name, (text) => aws.said.push(text));
  running = runEcs(embedded, engine);
  await services.prepare();
});

afterAll(async () => {
  await running.end();
  await removeAllTasks();
  await aws.stop();
});

if (name === "buildah") {
  test("a crash loop slows down, and says so", async () => {
    const broken = { ...web, name: "broken", command: ["exit 3"] };
    await services.create("broken", await services.register("broken", [broken]), { container: "broken" });
    await holds(async () =>
      (await services.messages("broken")).join().includes("unable to consistently start tasks"),
    );
    const tasks = await services.tasks("broken");
    expect(tasks[0]?.containers?.[0]?.exitCode).toBe(3);
    await services.ecs.send(
      new UpdateServiceCommand({ cluster: "main", service: "broken", desiredCount: 0 }),
    );
  });

  test("a sidecar that must succeed runs first, and one that fails ends nothing", async () => {
    const mountPoints = [{ sourceVolume: "shared", containerPath: "/shared" }];
    const first = {
      name: "first",
      image: IMAGE,
      essential: false,
      command: ["sh", "-c", "echo done > /shared/file"],
    };
    const check = { command: ["CMD-SHELL", "test -e /shared/file"], interval: 5, retries: 3, timeout: 5 };
    const main = {
      ...{ name: "main", image: IMAGE, command: ["sleep", "1000"], healthCheck: check, mountPoints },
      dependsOn: [{ containerName: "first", condition: "SUCCESS" as const }],
    };
    await services.create("order", await services.register("order", [main, { ...first, mountPoints }]), {
      container: "main",
    });
    await holds(async () => (await services.running("order")).length === 1);
    await holds(async () => (await services.running("order"))[0]?.healthStatus === "HEALTHY");
  });

  test("an image that does not exist, in AWS's words", async () => {
    const image = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/none:1`;
    const missing = await services.register("missing", [{ ...web, image }]);
    await services.create("missing", missing);
    await holds(async () =>
      (await services.tasks("missing")).some(({ stopCode }) => stopCode === "TaskFailedToStart"),
    );
    const [task] = await services.tasks("missing");
    expect(task?.stoppedReason).toMatch(
      /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\)/,
    );
    expect(task?.containers?.[0]?.exitCode).toBeUndefined();
    await services.ecs.send(
      new UpdateServiceCommand({ cluster: "main", service: "missing", desiredCount: 0 }),
    );
  });
}

test("a log group that does not exist, in AWS's words", async () => {
  const logConfiguration = { logDriver: "awslogs" as const, options: { "awslogs-group": "/none" } };
  await services.create("unlogged", await services.register("unlogged", [{ ...web, logConfiguration }]));
  await holds(async () =>
    (await services.tasks("unlogged")).some(({ lastStatus }) => lastStatus === "STOPPED"),
  );
  expect((await services.tasks("unlogged"))[0]?.stoppedReason).toContain(
    "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist",
  );
});
