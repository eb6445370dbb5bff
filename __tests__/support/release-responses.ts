import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DeliveryClients } from "../../src/aws/delivery-clients";
import { systemFile } from "./synth-app";

const [first] = systemFile("codeseries.yaml").deliveries;
if (!first) throw new Error("nothing is delivered");

/** The delivery that the responses are about. */
export const delivery = first;

/** What AWS answers, by the name of the call; a function gets the input, and an error is thrown. */
export type Responses = Readonly<Record<string, unknown>>;

export const denied = (call: string) =>
  Object.assign(new Error(`User: arn:aws:iam::111122223333:user/x is not authorized to perform: ${call}`), {
    name: "AccessDeniedException",
  });

/** Clients that give these answers, and the calls that they got. */
export function fakeClients(responses: Responses) {
  const calls: string[] = [];
  const send = (command: { input: unknown }) => {
    const name = command.constructor.name.replace(/Command$/, "");
    calls.push(name);
    const answer = responses[name];
    if (answer === undefined) return Promise.reject(new Error(`${name}: nobody answers in this test`));
    if (answer instanceof Error) return Promise.reject(answer);
    const value: unknown =
      typeof answer === "function" ? (answer as (input: unknown) => unknown)(command.input) : answer;
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  };
  // A paginator wants the client of its own class.
  const elb: unknown = Object.assign(Object.create(ElasticLoadBalancingV2Client.prototype), { send });
  const clients = new Proxy({}, { get: (_, name) => (name === "elb" ? elb : { send }) });
  return { clients: { shared: clients, environment: clients } as unknown as DeliveryClients, calls };
}

/** Minutes after the start of the release. */
export const at = (minutes: number) => new Date(Date.UTC(2025, 7, 8, 2, minutes));

const { blueTargetGroup, cluster, greenTargetGroup, service } = delivery.names;
const arn = (type: string, resource: string) =>
  `arn:aws:${type}:ap-northeast-2:${delivery.account.id}:${resource}`;
export const BLUE = arn("elasticloadbalancing", `targetgroup/${blueTargetGroup}/aaaa`);
export const GREEN = arn("elasticloadbalancing", `targetgroup/${greenTargetGroup}/bbbb`);
export const OLD_SET = "ecs-svc/2153088967709430471";
export const NEW_SET = "ecs-svc/1234567890123456789";
export const EXECUTION = "1d247af2-7eb3-4569-aeda-41416e2a81c5";
export const DEPLOYMENT = "d-EXAMPLE11";

export const execution = (more: object = {}) => ({
  pipelineExecutionId: EXECUTION,
  status: "Failed",
  startTime: at(0),
  lastUpdateTime: at(90),
  sourceRevisions: [{ actionName: "Source", revisionId: "7f0103f2e1d4c5b6a7980f1e2d3c4b5a69788f90" }],
  trigger: { triggerType: "CloudWatchEvent" },
  executionMode: "SUPERSEDED",
  ...more,
});

const PROVIDERS = {
  Source: "CodeCommit",
  Build: "CodeBuild",
  Approval: "Manual",
  Deploy: "CodeDeployToECS",
} as const;
export type Category = keyof typeof PROVIDERS;

const MINUTES = { Source: 0, Build: 1, Approval: 10, Deploy: 15 } as const;

export const action = (
  category: Category,
  status: string,
  executionResult: object = {},
  more: object = {},
) => ({
  pipelineExecutionId: EXECUTION,
  actionExecutionId: `of ${category}`,
  stageName: category,
  actionName: category,
  startTime: at(MINUTES[category]),
  lastUpdateTime: at(MINUTES[category] + 2),
  status,
  input: { actionTypeId: { category, owner: "AWS", provider: PROVIDERS[category], version: "1" } },
  output: { outputArtifacts: [], executionResult },
  ...more,
});

export const BUILD_ID = "orders:86a1cd00-9509-4929-ac8b-7d3a8c10c2bc";

/** The actions of an execution, newest first: those before the last one succeeded. */
export const actionsTo = (
  last: Category,
  status: string,
  executionResult: object = {},
  more: object = {},
) => {
  const categories = (Object.keys(PROVIDERS) as Category[]).filter(
    (one) => one !== "Approval" || last === one,
  );
  const before = categories.slice(0, categories.indexOf(last));
  return [
    action(last, status, executionResult, more),
    ...before
      .map((one) => action(one, "Succeeded", one === "Build" ? { externalExecutionId: BUILD_ID } : {}))
      .reverse(),
  ];
};

const phase = (phaseType: string, phaseStatus = "SUCCEEDED") => ({
  phaseType,
  phaseStatus,
  contexts: [{ statusCode: "", message: "" }],
});

/** A build whose phase failed with what is given, and POST_BUILD after it. */
export const buildWith = (failed: object) => ({
  id: BUILD_ID,
  buildStatus: "FAILED",
  phases: [
    ...["SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE"].map((one) => phase(one)),
    { ...phase("BUILD", "FAILED"), ...failed },
    {
      ...phase("POST_BUILD", "FAILED"),
      contexts: [
        {
          statusCode: "COMMAND_EXECUTION_ERROR",
          message: "Error while executing command: docker push x. Reason: exit status 1",
        },
      ],
    },
    { phaseType: "COMPLETED", startTime: at(9) },
  ],
  environment: { privilegedMode: false },
  logs: { groupName: "/aws/codebuild/orders", streamName: "86a1cd00" },
  timeoutInMinutes: 60,
});

export const deploymentWith = (more: object = {}) => ({
  deploymentId: DEPLOYMENT,
  status: "Failed",
  errorInformation: {
    code: "TIMEOUT",
    message:
      "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.",
  },
  createTime: at(15),
  startTime: at(15),
  completeTime: at(80),
  creator: "user",
  autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] },
  rollbackInfo: {
    rollbackDeploymentId: "d-EXAMPLE22",
    rollbackMessage: `Deployment ${DEPLOYMENT} terminated. Automatic rollback is triggered with a DeploymentId d-EXAMPLE22.`,
  },
  ...more,
});

const EVENTS = [
  "BeforeInstall",
  "Install",
  "AfterInstall",
  "AllowTestTraffic",
  "AfterAllowTestTraffic",
  "BeforeAllowTraffic",
  "AllowTraffic",
  "AfterAllowTraffic",
];

/** The lifecycle events of a deployment, of which one has another status and those after it are skipped. */
export const targetWith = (event: string, status = "Failed") => ({
  deploymentTargets: [
    {
      deploymentTargetType: "ECSTarget",
      ecsTarget: {
        deploymentId: DEPLOYMENT,
        targetId: `${cluster}:${service}`,
        lifecycleEvents: EVENTS.map((lifecycleEventName, index) => ({
          lifecycleEventName,
          status:
            lifecycleEventName === event
              ? status
              : index < EVENTS.indexOf(event) || event === ""
                ? "Succeeded"
                : "Skipped",
        })),
        taskSetsInfo: [
          { identifer: OLD_SET, taskSetLabel: "Blue", targetGroup: { name: blueTargetGroup } },
          { identifer: NEW_SET, taskSetLabel: "Green", targetGroup: { name: greenTargetGroup } },
        ],
      },
    },
  ],
});

const taskSet = (
  id: string,
  status: string,
  revision: number,
  targetGroupArn: string,
  more: object = {},
) => ({
  id,
  status,
  taskDefinition: arn("ecs", `task-definition/orders:${revision}`),
  computedDesiredCount: 2,
  pendingCount: 0,
  runningCount: 2,
  loadBalancers: [{ targetGroupArn, containerName: "web", containerPort: 8080 }],
  ...more,
});

/** The service with the old task set, and the new one as long as it exists. */
export const serviceWith = (newSet = false, events: readonly object[] = []) => ({
  services: [
    {
      serviceName: service,
      status: "ACTIVE",
      taskSets: [
        taskSet(OLD_SET, "PRIMARY", 41, BLUE),
        ...(newSet
          ? [taskSet(NEW_SET, "ACTIVE", 42, GREEN, { externalId: DEPLOYMENT, runningCount: 0 })]
          : []),
      ],
      events,
    },
  ],
  failures: [],
});

export const stoppedTask = (more: object = {}) => ({
  taskArn: arn("ecs", `task/${cluster}/9668c44c73ed49a580a5cf0cfc895c63`),
  taskDefinitionArn: arn("ecs", "task-definition/orders:42"),
  lastStatus: "STOPPED",
  startedBy: NEW_SET,
  version: 5,
  stopCode: "TaskFailedToStart",
  stoppedAt: at(17),
  containers: [{ name: "web", lastStatus: "STOPPED" }],
  ...more,
});

const listener = arn("elasticloadbalancing", "listener/app/orders/x/y");

/** What AWS answers about production in each test: blue serves. */
export const production = (blue = 100, green = 0): Responses => ({
  DescribeLoadBalancers: {
    LoadBalancers: [{ LoadBalancerArn: arn("elasticloadbalancing", "loadbalancer/app/orders/x") }],
  },
  DescribeListeners: { Listeners: [{ ListenerArn: listener, Port: 80 }] },
  DescribeRules: {
    Rules: [
      {
        Actions: [
          {
            Type: "forward",
            ForwardConfig: {
              TargetGroups: [
                { TargetGroupArn: BLUE, Weight: blue },
                { TargetGroupArn: GREEN, Weight: green },
              ],
            },
          },
        ],
      },
    ],
  },
  DescribeTargetGroups: {
    TargetGroups: [
      { TargetGroupName: blueTargetGroup, TargetGroupArn: BLUE },
      { TargetGroupName: greenTargetGroup, TargetGroupArn: GREEN },
    ],
  },
  DescribeServices: serviceWith(),
  DescribeTargetHealth: {
    TargetHealthDescriptions: [{ Target: { Id: "10.0.2.17" }, TargetHealth: { State: "healthy" } }],
  },
  ListTasks: { taskArns: [] },
});

/** An execution with its actions, and production. */
export const pipelineWith = (
  actions: readonly object[],
  more: object = {},
  others: readonly object[] = [],
): Responses => ({
  ...production(),
  ListPipelineExecutions: { pipelineExecutionSummaries: [execution(more), ...others] },
  GetPipelineState: { created: new Date(Date.UTC(2025, 0, 1)), stageStates: [] },
  ListActionExecutions: { actionExecutionDetails: actions },
});

/** A deployment that failed, with what is different of it, and its rollback. */
export const deploymentOf = (info: object = {}, event = "Install", more: Responses = {}): Responses => ({
  ...pipelineWith(
    actionsTo("Deploy", "Failed", {
      externalExecutionId: DEPLOYMENT,
      externalExecutionSummary: `Deployment ${DEPLOYMENT} failed`,
    }),
  ),
  GetDeployment: ({ deploymentId }: { deploymentId: string }) => ({
    deploymentInfo:
      deploymentId === DEPLOYMENT
        ? deploymentWith(info)
        : { deploymentId, status: "Succeeded", creator: "codeDeployRollback" },
  }),
  BatchGetDeploymentTargets: targetWith(event),
  ...more,
});

/** Tasks that stopped, of a deployment that waited for them. */
export const tasksOf = (tasks: readonly object[], more: Responses = {}): Responses =>
  deploymentOf({}, "Install", {
    ListTasks: { taskArns: tasks.map((_, index) => `task ${index}`) },
    DescribeTasks: { tasks },
    DescribeTaskDefinition: {
      taskDefinition: {
        containerDefinitions: ["web", "proxy"].map((name) => ({
          name,
          logConfiguration: { options: { "awslogs-group": "/ecs/orders", "awslogs-stream-prefix": "ecs" } },
        })),
      },
    },
    GetLogEvents: { events: [] },
    ...more,
  });
