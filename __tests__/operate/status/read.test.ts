import { environmentClients, sharedClients, type DeliveryClients } from "../../../src/aws/delivery-clients";
import { readStatus } from "../../../src/operate/status/read";
import { taskDefinition } from "../../../src/delivery/task-definition";
import { taskDefinitionOf } from "../../../src/stacks/delivered";
import { imageWith } from "../../../src/operate/read/images";
import { IMAGE_PLACEHOLDER } from "../../../src/delivery/task-definition";
import type { Delivery } from "../../../src/system/system";
import { manyServices } from "../../support/many-services";
import { systemOfYaml } from "../../support/synth-app";

const DIGEST = `sha256:${"1".repeat(64)}`;
const { deliveries, shared } = systemOfYaml(manyServices(30, "eu-central-1"));

/** What AWS answers about every service of an environment: each has been released, and all is well. */
function answers(own: readonly Delivery[]): Record<string, (input: Record<string, unknown>) => unknown> {
  const arnOf = (name: string) => `arn:${name}`;
  const describe = (delivery: Delivery) => ({
    serviceName: delivery.names.service,
    status: "ACTIVE",
    desiredCount: 1,
    taskSets: [
      {
        id: delivery.service.name,
        status: "PRIMARY",
        computedDesiredCount: 1,
        runningCount: 1,
        taskDefinition: delivery.service.name,
        loadBalancers: [{ targetGroupArn: arnOf(delivery.names.blueTargetGroup) }],
      },
    ],
  });
  const definition = (name: unknown) => {
    const delivery = own.find(({ service }) => service.name === name);
    if (!delivery) throw new Error(String(name));
    const text = JSON.stringify(taskDefinition(taskDefinitionOf(delivery)));
    return JSON.parse(text.replaceAll(IMAGE_PLACEHOLDER, imageWith(delivery, DIGEST))) as object;
  };
  const groups = own.flatMap(({ names }) => [names.blueTargetGroup, names.greenTargetGroup]);
  return {
    DescribeLoadBalancers: () => ({ LoadBalancers: [{ LoadBalancerArn: "arn:balancer" }] }),
    DescribeListeners: () => ({ Listeners: [{ Port: 80, ListenerArn: "arn:listener" }] }),
    DescribeRules: () => ({
      Rules: own.map(({ names }) => ({ Actions: [{ TargetGroupArn: arnOf(names.blueTargetGroup) }] })),
    }),
    DescribeTargetGroups: () => ({
      TargetGroups: groups.map((name) => ({ TargetGroupName: name, TargetGroupArn: arnOf(name) })),
    }),
    DescribeTargetHealth: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: String(TargetGroupArn).endsWith("blue")
        ? [{ TargetHealth: { State: "healthy" } }]
        : [],
    }),
    DescribeServices: ({ services }) => ({
      services: own.filter(({ names }) => (services as string[]).includes(names.service)).map(describe),
    }),
    ListTasks: () => ({ taskArns: own.map(({ service }) => service.name) }),
    DescribeTasks: ({ tasks }) => ({
      tasks: own
        .filter(({ service }) => (tasks as string[]).includes(service.name))
        .map(({ names, service }) => ({
          group: `service:${names.service}`,
          startedBy: service.name,
          lastStatus: "RUNNING",
          containers: [{ name: service.name, imageDigest: DIGEST }],
        })),
    }),
    DescribeAlarms: ({ AlarmNames }) => ({
      MetricAlarms: (AlarmNames as string[]).map((AlarmName) => ({ AlarmName, StateValue: "OK" })),
    }),
    DescribeTaskDefinition: (input) => ({ taskDefinition: definition(input.taskDefinition) }),
    DescribeImages: () => ({ imageDetails: [{ imageDigest: DIGEST, imageTags: ["01234567-8"] }] }),
    ListDeployments: ({ deploymentGroupName }) => ({ deployments: [`d-of-${String(deploymentGroupName)}`] }),
    BatchGetDeployments: ({ deploymentIds }) => ({
      deploymentsInfo: (deploymentIds as string[]).map((deploymentId) => ({
        deploymentId,
        status: "Succeeded",
        completeTime: new Date(0),
      })),
    }),
    ListPipelineExecutions: () => ({
      pipelineExecutionSummaries: [
        { status: "Succeeded", sourceRevisions: [{ revisionId: "01234567aa", revisionSummary: "A commit" }] },
      ],
    }),
    GetCommit: () => ({
      commit: { message: "A commit\n\nMore", author: { name: "Jo", date: "1700000000 +0100" } },
    }),
  };
}

interface Client {
  readonly middlewareStack: {
    add(middleware: unknown, options: { step: "initialize"; priority: "high" }): void;
  };
}

/** Real clients whose calls are answered here. */
function answering(
  clients: Readonly<Record<string, Client>>,
  own: readonly Delivery[],
  calls: string[],
): void {
  const known = answers(own);
  const middleware =
    (_: unknown, { commandName }: { commandName: string }) =>
    ({ input }: { input: Record<string, unknown> }) => {
      const name = commandName.replace(/Command$/, "");
      calls.push(name);
      const answer = known[name];
      if (!answer) throw new Error(`nobody answers ${name} in this test`);
      return Promise.resolve({ output: answer(input) });
    };
  for (const { middlewareStack } of Object.values(clients))
    middlewareStack.add(middleware, { step: "initialize", priority: "high" });
}

it("reads 30 services in 3 environments with fewer than 7 calls for each service", async () => {
  const calls: string[] = [];
  const made = new Map<string, DeliveryClients>();
  const clientsOf = ({ account, environment, region }: Delivery) => {
    const known = made.get(environment.name);
    if (known) return Promise.resolve(known);
    const own = deliveries.filter((one) => one.environment.name === environment.name);
    const clients = {
      shared: sharedClients(shared, region),
      environment: environmentClients(account, region),
    };
    answering(clients.shared, own, calls);
    answering(clients.environment, own, calls);
    made.set(environment.name, clients);
    return Promise.resolve(clients);
  };
  const statuses = await readStatus(clientsOf, deliveries);
  expect(statuses).toHaveLength(90);
  for (const [index, status] of statuses.entries())
    expect(status).toMatchObject({
      state: "released",
      digests: [DIGEST],
      commit: { id: "01234567aa", message: "A commit", author: "Jo", time: "2023-11-14T22:13:20.000Z" },
      tasks: { healthy: 1, running: 1, desired: 1 },
      traffic: { blue: 100, green: 0 },
      lastGood: { deployment: `d-of-${deliveries[index]?.names.deploymentGroup ?? ""}` },
      flags: [],
    });
  expect(calls.length / statuses.length).toBeLessThan(7);
  expect(calls.filter((name) => name === "BatchGetDeployments")).toHaveLength(6);
});
