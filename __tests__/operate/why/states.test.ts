import { catalogue, collect, judge } from "../../../src/operate/why";
import { answerText } from "../../../src/operate/why/report/report";
import {
  action,
  actionsTo,
  at,
  DEPLOYMENT,
  delivery,
  denied,
  deploymentOf,
  deploymentWith,
  EXECUTION,
  execution,
  fakeClients,
  NEW_SET,
  pipelineWith,
  production,
  serviceWith,
  stoppedTask,
  targetWith,
  tasksOf,
  type Responses,
} from "../../support/release-responses";

const entries = catalogue();

async function ask(responses: Responses, asked: Parameters<typeof collect>[2] = {}) {
  const { calls, clients } = fakeClients(responses);
  const evidence = await collect(clients, delivery, asked);
  return { calls, evidence, answer: judge(entries, evidence) };
}

const inFlight = (info: object, event: string, status: string): Responses => ({
  ...pipelineWith(actionsTo("Deploy", "InProgress", { externalExecutionId: DEPLOYMENT }), {
    status: "InProgress",
  }),
  GetDeployment: {
    deploymentInfo: deploymentWith({
      errorInformation: undefined,
      rollbackInfo: undefined,
      completeTime: undefined,
      status: "InProgress",
      ...info,
    }),
  },
  BatchGetDeploymentTargets: targetWith(event, status),
});

const NEWER = "99999999-7eb3-4569-aeda-41416e2a81c5";
const inbound = (more: object) => ({
  stageName: "Deploy",
  inboundExecution: { pipelineExecutionId: EXECUTION, status: "InProgress" },
  inboundTransitionState: more,
});

const STATES: readonly (readonly [what: string, Responses, status: string, headline: string])[] = [
  [
    "there is no execution",
    { ...production(), ListPipelineExecutions: { pipelineExecutionSummaries: [] } },
    "none",
    "The pipeline has no such execution: nothing started a release",
  ],
  [
    "a build runs",
    pipelineWith(actionsTo("Build", "InProgress"), { status: "InProgress" }),
    "running",
    "The release is in progress: Build runs since 2025-08-08T02:01:00.000Z",
  ],
  [
    "a deployment runs",
    inFlight({}, "Install", "InProgress"),
    "running",
    `The release is in progress: Deploy runs since 2025-08-08T02:15:00.000Z, in the event Install of deployment ${DEPLOYMENT}`,
  ],
  [
    "a deployment waits before it terminates the old tasks",
    inFlight({}, "", "Succeeded"),
    "running",
    "The new version serves; CodeDeploy waits before it terminates the old tasks",
  ],
  [
    "an approval is open",
    pipelineWith(actionsTo("Approval", "InProgress"), { status: "InProgress" }),
    "waiting",
    "The release waits for an approval",
  ],
  [
    "a transition is disabled",
    {
      ...pipelineWith(actionsTo("Build", "Succeeded"), { status: "InProgress" }),
      GetPipelineState: { stageStates: [inbound({ enabled: false, disabledReason: "Freeze for release" })] },
    },
    "waiting",
    "The transition into the stage is disabled: Freeze for release",
  ],
  [
    "a newer execution overtook it",
    pipelineWith(actionsTo("Build", "Succeeded"), { status: "Superseded" }, [
      execution({ pipelineExecutionId: NEWER, startTime: at(3) }),
      execution({ pipelineExecutionId: "older", startTime: at(-30) }),
    ]),
    "superseded",
    `A newer execution overtook this one while it waited: execution ${NEWER}`,
  ],
  [
    "it was stopped, and its deployment goes on",
    {
      ...inFlight({}, "Install", "InProgress"),
      ListPipelineExecutions: {
        pipelineExecutionSummaries: [execution({ status: "Stopped", stopTrigger: { reason: "a hotfix" } })],
      },
      ListActionExecutions: {
        actionExecutionDetails: actionsTo("Deploy", "Abandoned", { externalExecutionId: DEPLOYMENT }),
      },
    },
    "stopped",
    `Somebody stopped the execution: a hotfix; deployment ${DEPLOYMENT} goes on all the same`,
  ],
  [
    "it succeeded",
    pipelineWith(actionsTo("Deploy", "Succeeded"), { status: "Succeeded" }),
    "succeeded",
    "The release succeeded",
  ],
  [
    "it succeeded, and what serves is not healthy",
    {
      ...pipelineWith(actionsTo("Deploy", "Succeeded", { externalExecutionId: DEPLOYMENT }), {
        status: "Succeeded",
      }),
      GetDeployment: { deploymentInfo: { deploymentId: DEPLOYMENT, status: "Succeeded" } },
      BatchGetDeploymentTargets: targetWith("", "Succeeded"),
      DescribeTargetHealth: {
        TargetHealthDescriptions: [{ TargetHealth: { State: "unhealthy", Reason: "Target.Timeout" } }],
      },
    },
    "succeeded",
    "The deployment succeeded, but targets of the version that serves are not healthy (Target.Timeout)",
  ],
];

describe("a release that did not fail", () => {
  it.each(STATES)("is told where it is: %s", async (_, responses, status, headline) => {
    const { answer } = await ask(responses);
    expect([answer.status, answer.headline]).toEqual([status, headline]);
  });
});

it("names a task that cannot start while CodeDeploy still waits for it", async () => {
  const reason =
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref registry/orders@sha256:1: not found";
  const { DescribeTaskDefinition, DescribeTasks, ListTasks } = tasksOf([
    stoppedTask({ stoppedReason: reason }),
  ]);
  const { answer } = await ask({
    ...inFlight({}, "Install", "InProgress"),
    ...{ DescribeTaskDefinition, DescribeTasks, ListTasks },
  });
  expect(answer.status).toBe("running");
  expect(answer.headline).toMatch(/image.* The release is in progress: Deploy runs since /);
  expect(answer.next.at(-1)).toMatch(/^CodeDeploy waits up to 60 minutes /);
  expect(answer.causes.flatMap(({ evidence }) => evidence.map(({ text }) => text))).toContain(reason);
});

describe("a failed execution", () => {
  it("of a queue that was full has no failed action", async () => {
    const { answer } = await ask(pipelineWith([], { executionMode: "QUEUED" }));
    expect(answer.headline).toBe("The execution failed at once, because 50 executions were waiting");
  });

  it("is judged by the last attempt of its actions", async () => {
    const retried = action("Source", "Succeeded", {}, { startTime: at(20) });
    const { evidence } = await ask(
      pipelineWith([
        action("Build", "Failed", {}, { startTime: at(25) }),
        retried,
        action("Source", "Failed"),
      ]),
    );
    expect(evidence.action?.actionName).toBe("Build");
  });

  it("can be asked for by the beginning of its id, on a later page", async () => {
    const pages = (_: unknown, { nextToken }: { nextToken?: string }) => nextToken;
    const { evidence } = await ask(
      {
        ...pipelineWith(actionsTo("Build", "Failed")),
        ListPipelineExecutions: (input: { nextToken?: string }) =>
          pages(undefined, input)
            ? { pipelineExecutionSummaries: [execution()] }
            : { pipelineExecutionSummaries: [execution({ pipelineExecutionId: NEWER })], nextToken: "2" },
      },
      { execution: EXECUTION.slice(0, 8) },
    );
    expect(evidence.execution?.pipelineExecutionId).toBe(EXECUTION);
  });

  it("must exist", async () => {
    await expect(ask(pipelineWith([]), { execution: "abc" })).rejects.toThrow(
      `--execution: ${delivery.names.pipeline} has no execution abc`,
    );
  });

  it("needs a pipeline", async () => {
    const missing = Object.assign(new Error("no"), { name: "PipelineNotFoundException" });
    await expect(ask({ ListPipelineExecutions: missing })).rejects.toThrow(
      `has no pipeline ${delivery.names.pipeline}`,
    );
  });
});

describe("a deployment without a pipeline", () => {
  it("can be asked for by its id, and no call goes to the pipeline", async () => {
    const { answer, calls } = await ask(deploymentOf(), { execution: DEPLOYMENT });
    expect(answer.headline).toContain("did not become healthy");
    expect(calls.filter((call) => call.includes("Pipeline") || call.includes("Action"))).toEqual([]);
  });
});

describe("the calls", () => {
  it("of a failed build read no tasks", async () => {
    const { calls } = await ask(pipelineWith(actionsTo("Build", "Failed")));
    expect(calls).not.toContain("ListTasks");
    expect(calls).toContain("DescribeRules");
  });

  it("of a hook that failed read no tasks, and it is named", async () => {
    const info = {
      errorInformation: {
        code: "HOOK_EXECUTION_FAILURE",
        message: "one or more of the lifecycle event validation functions failed",
      },
    };
    const { answer, calls } = await ask(deploymentOf(info, "BeforeAllowTraffic"));
    expect(answer.headline).toBe("The hook BeforeAllowTraffic reported that its test failed");
    expect(calls).not.toContain("ListTasks");
  });

  it("that are denied are noted, and the answer is the best without them", async () => {
    const { answer } = await ask({
      ...deploymentOf(),
      GetDeployment: denied("codedeploy:GetDeployment"),
      DescribeRules: denied("elasticloadbalancing:DescribeRules"),
    });
    expect(answer.headline).toBe(
      `Deploy failed in the event Install, and AWS says: Deployment ${DEPLOYMENT} failed`,
    );
    expect(answer.certainty).toBe("unknown");
    expect(answer.notes).toHaveLength(2);
    expect(answer.notes[0]).toContain("not read: ");
    expect(answer.production).toContain("where the production traffic goes could not be read");
  });
});

describe("tasks that ECS has forgotten", () => {
  const event = (version: number, stoppedReason: string) => ({
    message: JSON.stringify({ detail: stoppedTask({ version, stoppedReason }) }),
  });

  it("are read from the kept events, the newest of each task", async () => {
    const { answer, evidence } = await ask(
      {
        ...tasksOf([]),
        FilterLogEvents: ({ filterPattern }: { filterPattern: string }) => ({
          events: filterPattern.includes(NEW_SET)
            ? [
                event(5, "CannotPullContainerError: no space left on device"),
                event(4, "an older one"),
                { message: "no JSON" },
              ]
            : [],
        }),
      },
      { keptEvents: "/aws/events/ecs" },
    );
    expect(evidence.tasksFrom).toBe("kept events");
    expect(answer.headline).toBe("The image is larger than the disk of the task");
  });
});

describe("production", () => {
  it("is told if it is between two versions", async () => {
    const { answer } = await ask({
      ...deploymentOf(),
      ...production(90, 10),
      DescribeServices: serviceWith(true),
    });
    const [, blue, green, split] = answer.production;
    expect(blue).toMatch(/^90 % .*-blue: revision 41/);
    expect(green).toMatch(/^10 % .*-green: revision 42 .*; this is the release$/);
    expect(split).toContain("the listener does not forward all traffic to");
  });
});

describe("access that was denied", () => {
  it("names the role, the action and the resource, and the statement that allows it", async () => {
    const text =
      "denied: User: arn:aws:sts::111122223333:assumed-role/cb/AWSCodeBuild is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no resource-based policy allows the ecr:InitiateLayerUpload action";
    const { answer } = await ask(
      pipelineWith(actionsTo("Build", "Failed", { errorDetails: { code: "JobFailed", message: text } })),
    );
    expect(answer).toMatchObject({
      headline:
        "role/cb may not call ecr:InitiateLayerUpload on arn:aws:ecr:us-east-1:111122223333:repository/app",
      certainty: "certain",
      denied: [
        {
          principal: "arn:aws:iam::111122223333:role/cb",
          action: "ecr:InitiateLayerUpload",
          resource: "arn:aws:ecr:us-east-1:111122223333:repository/app",
          because: "no resource-based policy allows the ecr:InitiateLayerUpload action",
        },
      ],
    });
    expect(answer.next).toContain(
      'the statement that allows it: {"Effect":"Allow","Action":["ecr:InitiateLayerUpload"],"Resource":["arn:aws:ecr:us-east-1:111122223333:repository/app"]}',
    );
  });
});

describe("the text", () => {
  it("has the cause first, then the evidence, production and what to do", async () => {
    const { answer } = await ask(
      tasksOf(
        [
          stoppedTask({
            stopCode: "EssentialContainerExited",
            stoppedReason: "Essential container in task exited",
            containers: [{ name: "web", exitCode: 1 }],
          }),
        ],
        { GetLogEvents: { events: [{ message: "no database\n" }] } },
      ),
    );
    expect(answerText(answer, "orders in dev")).toBe(`The container web ended by itself with the exit code 1
rolled back: orders in dev; cause: certain

What AWS says:
  ecs:DescribeTasks tasks[].stopCode
    EssentialContainerExited
  codedeploy:GetDeployment deploymentInfo.errorInformation.message
    The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.

The end of /ecs/orders ecs/web/9668c44c73ed49a580a5cf0cfc895c63:
  no database

Production:
  CodeDeploy rolled deployment ${DEPLOYMENT} back with deployment d-EXAMPLE22 (Succeeded)
  100 % of the production traffic goes to ${delivery.names.blueTargetGroup}: revision 41 of the task definition, PRIMARY, 2 of 2 tasks run

What to do:
  Correct the application; its log shows why it ended

Take care:
  the container that exited first may be a sidecar`);
  });
});
