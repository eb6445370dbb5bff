import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateTaskSetCommand,
  DeleteTaskSetCommand,
  UpdateServiceCommand,
  type ContainerDefinition,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../src/local/engine/engine";
import { chooseEngine } from "../../../src/local/engine/kind";
import { readNotes } from "../../../src/local/engine/notes";
import { openEngine } from "../../../src/local/engine/open";
import { removeAllTasks } from "../../../src/local/engine/remove";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { ecsController } from "../../../src/local/services/ecs/controller";
import { ECS_SERVICE, type ServiceDocument } from "../../../src/local/services/ecs/document";
import { CLUSTER, EcsServices, runEcs } from "../../support/ecs-service";
import { until } from "../../support/until";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";

const ACCOUNT = "111111111111";

const IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";

const GROUP = "/ecs/web";

/** Gets the events of stopped tasks. */
const EVENTS = "/aws/events/web";

const name = chooseEngine().name === "buildah" ? "buildah" : "none";

const runsImages = name === "buildah";

const web: ContainerDefinition = {
  name: "web",
  image: IMAGE,
  entryPoint: ["sh", "-c"],
  command: ["echo $GREETING $PASSWORD $PARAMETER > index.html; echo started; exec httpd -f -p 8080"],
  workingDirectory: "/tmp",
  portMappings: [{ containerPort: 8080 }],
  environment: [{ name: "GREETING", value: "hello" }],
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": GROUP, "awslogs-region": REGION, "awslogs-stream-prefix": "ecs" },
  },
};

const aws = new EmbeddedAws();
const services = new EcsServices(aws, ACCOUNT);
let embedded: Embedded;
let engine: Engine;
let running: ReturnType<typeof runEcs>;
let blue: string;
let green: string;

const holds = (check: () => Promise<boolean>) => until(check, () => aws.said.slice(-20).join("\n"));

const targets = async (group: string) => {
  const answer = await services.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
  return (answer.TargetHealthDescriptions ?? [])
    .filter(({ TargetHealth }) => TargetHealth?.State !== "draining")
    .map(({ Target }) => Target?.Id);
};

/** As an environment's stack does. */
async function keepStoppedTasks(): Promise<void> {
  const events = aws.client(EventBridgeClient, ACCOUNT);
  const detail = {
    clusterArn: [`arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${CLUSTER}`],
    lastStatus: ["STOPPED"],
  };
  const pattern = { source: ["aws.ecs"], "detail-type": ["ECS Task State Change"], detail };
  await events.send(new PutRuleCommand({ Name: "stopped", EventPattern: JSON.stringify(pattern) }));
  const Arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${EVENTS}`;
  await events.send(new PutTargetsCommand({ Rule: "stopped", Targets: [{ Id: "log", Arn }] }));
}

beforeAll(async () => {
  embedded = await aws.start();
  engine = openEngine(name, (text) => aws.said.push(text));
  running = runEcs(embedded, engine);
  await services.prepare();
  const logs = aws.client(CloudWatchLogsClient, ACCOUNT);
  for (const logGroupName of [GROUP, EVENTS]) await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await keepStoppedTasks();
  const value = { Name: "/app/parameter", Value: "parameter", Type: "SecureString" } as const;
  await aws.client(SSMClient, ACCOUNT).send(new PutParameterCommand(value));
  const secret = { Name: "db", SecretString: JSON.stringify({ password: "secret" }) };
  const { ARN } = await aws.client(SecretsManagerClient, ACCOUNT).send(new CreateSecretCommand(secret));
  const secrets = [
    { name: "PASSWORD", valueFrom: `${ARN ?? ""}:password::` },
    { name: "PARAMETER", valueFrom: "/app/parameter" },
  ];
  blue = await services.targetGroup("blue");
  green = await services.targetGroup("green");
  await services.create("web", await services.register("web", [{ ...web, secrets }]), {
    desiredCount: 2,
    targetGroup: blue,
  });
});

afterAll(async () => {
  await running.end();
  await removeAllTasks();
  await aws.stop();
});

test("a service gets the tasks that it wants, registered as targets", async () => {
  await holds(async () => (await services.running("web")).length === 2);
  const addresses = (await services.running("web")).map(
    ({ containers }) => containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address,
  );
  expect((await targets(blue)).sort()).toEqual(addresses.sort());
  await holds(async () => (await services.service("web")).runningCount === 2);
  expect((await services.messages("web")).join("\n")).toMatch(
    /taskSet ecs-svc\/\d+\) has started 2 tasks: \(task /,
  );
});

test("a task answers where its address leads to, with its variables and secrets", async () => {
  const [note] = readNotes();
  const { host = "127.0.0.1", ports } = note?.endpoints ?? { ports: {} };
  const url = `http://${host}:${ports[8080] ?? 8080}/`;
  let text = "";
  await holds(async () => {
    text = await fetch(url).then(
      (answer) => answer.text(),
      () => "",
    );
    return text !== "";
  });
  expect(text).toMatch(runsImages ? /^hello secret parameter\n$/ : /^STAND-IN /);
});

test("the execution role reads the secrets, and its calls are recorded", () => {
  const calls = readFileSync(join(aws.folder, "calls.jsonl"), "utf8");
  for (const action of ["secretsmanager:GetSecretValue", "ssm:GetParameters", "logs:CreateLogStream"])
    expect(calls).toContain(`"roleArn":"arn:aws:iam::${ACCOUNT}:role/execution","action":"${action}"`);
});

test("the output of a container is sent to its log stream", async () => {
  const [task] = await services.running("web");
  const id = task?.taskArn?.split("/").at(-1) ?? "";
  const logStreamNames = [`ecs/web/${id}`];
  await holds(async () => {
    const command = new FilterLogEventsCommand({ logGroupName: GROUP, logStreamNames });
    const { events = [] } = await aws.client(CloudWatchLogsClient, ACCOUNT).send(command);
    return events.some(({ message = "" }) => message.includes(runsImages ? "started" : "STAND-IN"));
  });
});

test("tasks outlive the controllers, which adopt them and start no others", async () => {
  const before = (await services.tasks("web")).map(({ taskArn }) => taskArn);
  await running.end();
  running = runEcs(embedded, engine);
  await holds(() => Promise.resolve(aws.said.filter((line) => line.includes("is adopted")).length >= 2));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await services.tasks("web")).map(({ taskArn }) => taskArn)).toEqual(before);
});

/** The stopped tasks in the log group of events. */
async function keptTasks(): Promise<unknown[]> {
  const logs = aws.client(CloudWatchLogsClient, ACCOUNT);
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: EVENTS }));
  return events.map(({ message = "" }) => JSON.parse(message) as unknown);
}

test("a task whose process is killed is replaced, and AWS's words say why", async () => {
  const [note] = readNotes();
  const pid = Number(readFileSync(join(aws.folder, "tasks", note?.id ?? "", "web.pid"), "utf8"));
  process.kill(pid, "SIGKILL");
  await holds(async () => (await services.tasks("web")).some(({ lastStatus }) => lastStatus === "STOPPED"));
  const stopped = (await services.tasks("web")).find(({ lastStatus }) => lastStatus === "STOPPED");
  expect(stopped).toMatchObject({
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers: [{ name: "web", exitCode: 137, lastStatus: "STOPPED" }],
  });
  await holds(async () => (await keptTasks()).length > 0);
  const [kept] = await keptTasks();
  expect(kept).toMatchObject({
    source: "aws.ecs",
    resources: [stopped?.taskArn],
    detail: {
      taskArn: stopped?.taskArn,
      group: "service:web",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "web", exitCode: 137 }],
    },
  });
  await holds(async () => (await services.running("web")).length === 2);
  expect(await targets(blue)).not.toContain(note?.address);
  expect(existsSync(join(aws.folder, "tasks", `${note?.id ?? ""}.json`))).toBe(false);
});

test("a target that no task owns is deregistered", async () => {
  const Targets = [{ Id: "10.9.9.9", Port: 8080 }];
  await services.elb.send(new RegisterTargetsCommand({ TargetGroupArn: blue, Targets }));
  await running.end();
  running = runEcs(embedded, engine);
  await holds(async () => !(await targets(blue)).includes("10.9.9.9"));
});

test("an old list starts no second task, and stops none", async () => {
  const old = await embedded.documents.list<ServiceDocument>(ECS_SERVICE);
  const empty = old.map((one) => ({ ...one, document: { ...one.document, tasks: [] } }));
  const before = (await services.tasks("web")).map(({ taskArn }) => taskArn);
  await running.end();
  const replayed = ecsController(embedded, engine);
  for (const one of [...old, ...empty, ...old]) await replayed.reconcileService(one);
  expect((await services.tasks("web")).map(({ taskArn }) => taskArn)).toEqual(before);
  running = runEcs(embedded, engine);
});

test("green gets tasks of its own; its deletion drains them and leaves blue", async () => {
  const service = await services.service("web");
  const taskSet = {
    ...{ cluster: "main", service: "web", externalId: "d-1", taskDefinition: service.taskDefinition },
    launchType: "FARGATE" as const,
    scale: { value: 100, unit: "PERCENT" as const },
    networkConfiguration: service.networkConfiguration,
    loadBalancers: [{ targetGroupArn: green, containerName: "web", containerPort: 8080 }],
  };
  const created = await services.ecs.send(new CreateTaskSetCommand(taskSet));
  const id = created.taskSet?.id ?? "";
  await holds(
    async () => (await targets(green)).length === 2 && (await services.running("web")).length === 4,
  );
  await services.ecs.send(
    new DeleteTaskSetCommand({ cluster: "main", service: "web", taskSet: id, force: true }),
  );
  expect((await services.service("web")).taskSets?.map(({ status }) => status)).toEqual([
    "PRIMARY",
    "DRAINING",
  ]);
  await holds(async () => (await services.service("web")).taskSets?.length === 1);
  expect(await targets(green)).toEqual([]);
  expect(await services.running("web")).toHaveLength(2);
  const reasons = (await services.tasks("web")).flatMap(({ stoppedReason }) => stoppedReason ?? []);
  expect(reasons).toContain(`Scaling activity initiated by (deployment ${id})`);
});

test("fewer tasks are wanted: one is stopped after its target has drained", async () => {
  await services.ecs.send(new UpdateServiceCommand({ cluster: "main", service: "web", desiredCount: 1 }));
  await holds(async () => (await services.running("web")).length === 1);
  await holds(async () => (await targets(blue)).length === 1);
  await holds(() => Promise.resolve(readNotes().length === 1));
  expect(aws.said.join("\n")).toContain("drains for 1 min 00 s (1 s here)");
});
