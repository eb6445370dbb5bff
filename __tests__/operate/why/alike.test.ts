import { catalogue, collect, judge } from "../../../src/operate/why";
import {
  actionsTo,
  at,
  BUILD_ID,
  buildWith,
  delivery,
  deploymentOf,
  fakeClients,
  GREEN,
  pipelineWith,
  serviceWith,
  stoppedTask,
  tasksOf,
  type Category,
  type Responses,
} from "../../support/release-responses";

const entries = catalogue();

const answerOf = async (responses: Responses) =>
  judge(entries, await collect(fakeClients(responses).clients, delivery));

const DENIED_FIRST_RUN =
  "The service role or action role doesn't have the permissions required to access the AWS CodeCommit repository named app. Update the IAM role permissions, and then try again. Error: User is not authorized to perform: codecommit:GetBranch";
const UNREADABLE =
  "Unable to access the artifact with Amazon S3 object key 'p/Build/H' located in the Amazon S3 artifact bucket 'b'. The provided role does not have sufficient permissions.";
const ALARM = {
  status: "Stopped",
  errorInformation: {
    code: "ALARM_ACTIVE",
    message:
      "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: <app-5xx>",
  },
};

const failed = (category: Category, message: string, code = "JobFailed") =>
  actionsTo(category, "Failed", { errorDetails: { code, message } });

const built = (phase: object, lines: readonly string[] = []): Responses => ({
  ...pipelineWith(actionsTo("Build", "Failed", { externalExecutionId: BUILD_ID })),
  BatchGetBuilds: { builds: [buildWith(phase)] },
  GetLogEvents: { events: lines.map((message) => ({ message })) },
});
const command = (text: string) => ({
  contexts: [
    {
      statusCode: "COMMAND_EXECUTION_ERROR",
      message: `Error while executing command: ${text}. Reason: exit status 1`,
    },
  ],
});

const stopped = (stoppedReason: string, more: object = {}) =>
  tasksOf([stoppedTask({ stoppedReason, ...more })]);

/** An alarm that was raised minutes after the start of the release, on a load balancer or on a target group. */
const alarm = (minutes: number, dimension: "LoadBalancer" | "TargetGroup") =>
  deploymentOf(ALARM, "AllowTraffic", {
    DescribeAlarms: {
      MetricAlarms: [
        {
          AlarmName: "app-5xx",
          MetricName: "HTTPCode_Target_5XX_Count",
          Dimensions: [
            { Name: "LoadBalancer", Value: "app/orders/x" },
            ...(dimension === "TargetGroup" ? [{ Name: "TargetGroup", Value: GREEN.split(":").at(-1) }] : []),
          ],
        },
      ],
    },
    DescribeAlarmHistory: {
      AlarmHistoryItems: [
        { Timestamp: at(85), HistoryData: JSON.stringify({ newState: { stateValue: "OK" } }) },
        {
          Timestamp: at(minutes),
          HistoryData: JSON.stringify({ newState: { stateValue: "ALARM", stateReason: "5 > 1" } }),
        },
      ],
    },
  });

const health = (Reason: string, Description: string) =>
  deploymentOf({}, "Install", {
    DescribeServices: serviceWith(true),
    DescribeTargetHealth: {
      TargetHealthDescriptions: [{ TargetHealth: { State: "unhealthy", Reason, Description } }],
    },
  });

const REGISTRY = "ResourceInitializationError: unable to pull secrets or registry auth:";
const EXITED = { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" };
const scheduler = { stopCode: "ServiceSchedulerInitiated", containers: [{ name: "web", exitCode: 137 }] };
const WEEK = 7 * 24 * 60;

/** What the evidence tells apart: the one is the only cause, with the responses that show it. */
const TOLD_APART: readonly (readonly [string, Responses])[] = [
  [
    "apr-rejected",
    pipelineWith(actionsTo("Approval", "Failed", { externalExecutionSummary: "Not before Monday" })),
  ],
  [
    "apr-expired",
    pipelineWith(actionsTo("Approval", "Failed", {}, { startTime: at(10), lastUpdateTime: at(10 + WEEK) })),
  ],
  ["src-codecommit-permission", pipelineWith(failed("Source", DENIED_FIRST_RUN))],
  [
    "bld-timeout",
    built({ phaseStatus: "TIMED_OUT", contexts: [{ statusCode: "", message: "Build has timed out." }] }),
  ],
  ["bld-queue-timeout", built({ phaseType: "QUEUED", phaseStatus: "TIMED_OUT", contexts: [] })],
  [
    "bld-command-failed",
    built(command("docker build ."), ["a line", "Command did not exit successfully docker build ."]),
  ],
  [
    "bld-docker-daemon",
    built(command("docker build ."), [
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ]),
  ],
  [
    "bld-dockerhub-ratelimit",
    built(command("docker build ."), [
      "toomanyrequests: You have reached your pull rate limit.",
      "Command did not exit successfully docker build .",
      "no basic auth credentials",
    ]),
  ],
  [
    "ecs-oom",
    tasksOf([
      stoppedTask({
        ...EXITED,
        containers: [
          { name: "web", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" },
        ],
      }),
    ]),
  ],
  [
    "ecs-exit-137-not-oom",
    tasksOf([stoppedTask({ ...scheduler, stoppedReason: "Stopped by the scheduler" })]),
  ],
  [
    "ecs-elb-health-failed",
    tasksOf([
      stoppedTask({
        ...scheduler,
        stoppedReason: "Task failed ELB health checks in (target-group arn:aws:x:targetgroup/green/1)",
      }),
    ]),
  ],
  [
    "ecs-essential-exited",
    tasksOf([stoppedTask({ ...EXITED, containers: [{ name: "web", exitCode: 1 }] })], {
      GetLogEvents: { events: [{ message: "no database" }] },
    }),
  ],
  [
    "ecs-exec-format",
    tasksOf([stoppedTask({ ...EXITED, containers: [{ name: "web", exitCode: 1 }] })], {
      GetLogEvents: { events: [{ message: "exec /app: exec format error" }] },
    }),
  ],
  [
    "ecs-init-registry-auth-network",
    stopped(
      `${REGISTRY} The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR.`,
    ),
  ],
  [
    "ecs-init-registry-auth-denied",
    stopped(
      `${REGISTRY} AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/abc is not authorized to perform: ecr:GetAuthorizationToken on resource: *`,
    ),
  ],
  [
    "ecs-init-secret-denied",
    stopped(
      `${REGISTRY} execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/abc is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:db`,
    ),
  ],
  [
    "ecs-init-secret-network",
    stopped(
      `${REGISTRY} execution resource retrieval failed: unable to retrieve secrets from ssm: RequestCanceled: request context canceled caused by: context deadline exceeded`,
    ),
  ],
  [
    "ecs-init-log-group-missing",
    stopped(
      "ResourceInitializationError: failed to validate logger args: ResourceNotFoundException: The specified log group does not exist.",
    ),
  ],
  [
    "ecs-init-log-network",
    stopped(
      "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue. : signal: killed",
    ),
  ],
  [
    "ecs-pull-not-found",
    stopped(
      "CannotPullContainerError: failed to resolve ref 1.dkr.ecr.us-east-1.amazonaws.com/app:1: not found",
    ),
  ],
  [
    "ecs-pull-s3-layer",
    stopped("CannotPullContainerError: failed to copy: httpReaderSeeker: failed open: dial tcp: i/o timeout"),
  ],
  [
    "alb-az-not-enabled",
    health("Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer"),
  ],
  [
    "cd-replacement-timeout",
    health("Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
  ],
  ["alb-timeout", health("Target.Timeout", "Request timed out")],
  ["alb-failed-checks", health("Target.FailedHealthChecks", "Health checks failed")],
  ["cd-alarm", alarm(20, "TargetGroup")],
  ["cd-alarm-already-active", alarm(5, "TargetGroup")],
  ["cd-manual-stop", deploymentOf({ status: "Stopped", errorInformation: { code: "MANUAL_STOP" } })],
];

describe("what looks alike", () => {
  it.each(TOLD_APART)("is told apart: %s", async (id, responses) => {
    const { causes, certainty, headline } = await answerOf(responses);
    const entry = entries.find((one) => one.id === id);
    expect(causes[0]?.id).toBe(id);
    expect(headline).toBe(causes[0]?.cause);
    expect(certainty === "one of several").toBe((entry?.possible.length ?? 0) > 0);
  });

  /** What the responses cannot tell apart: all are named, with the calls that tell. */
  const TOGETHER: readonly (readonly [string, Responses, readonly string[]])[] = [
    [
      "an artifact that is not there, and one that may not be read",
      pipelineWith(failed("Deploy", UNREADABLE, "PermissionError")),
      ["art-missing-object", "art-role-denied", "art-aws-managed-key-cross-account"],
    ],
    [
      "a missing permission, and a file that ECS refused",
      pipelineWith(
        failed(
          "Deploy",
          "The provided role does not have sufficient permissions to access CodeDeploy",
          "PermissionError",
        ),
      ),
      ["dep-permission-generic", "dep-permission-bad-image"],
    ],
    [
      "a missing permission, and one that was not effective yet",
      {
        ...pipelineWith(failed("Source", DENIED_FIRST_RUN), { trigger: { triggerType: "CreatePipeline" } }),
        GetPipelineState: { created: at(-1), stageStates: [] },
      },
      ["src-codecommit-permission", "src-iam-race-first-run"],
    ],
    [
      "an alarm without its history",
      deploymentOf(ALARM, "AllowTraffic"),
      ["cd-alarm", "cd-alarm-already-active", "cd-alarm-wrong-dimension"],
    ],
    [
      "an alarm on the load balancer that went off during the deployment",
      alarm(20, "LoadBalancer"),
      ["cd-alarm", "cd-alarm-wrong-dimension"],
    ],
    [
      "tasks that stopped for two reasons",
      tasksOf([
        stoppedTask({ ...EXITED, containers: [{ name: "web", exitCode: 1 }] }),
        stoppedTask({ taskArn: "task/2", stopCode: "SpotInterruption", stoppedReason: "Spot" }),
      ]),
      ["ecs-essential-exited", "ecs-spot"],
    ],
  ];

  it.each(TOGETHER)("is named together: %s", async (_, responses, ids) => {
    const { causes, certainty, headline } = await answerOf(responses);
    expect(
      causes
        .slice(0, ids.length)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    expect(certainty).toBe("one of several");
    for (const { cause, confirm } of causes.slice(0, ids.length)) {
      expect(headline).toContain(cause);
      expect(confirm).not.toEqual([]);
    }
  });

  it("has at least 15 pairs here", () => {
    expect(TOLD_APART.length / 2 + TOGETHER.length).toBeGreaterThanOrEqual(15);
  });
});

describe("an alarm", () => {
  it("says which version it measures, and what CloudWatch says", async () => {
    const { causes } = await answerOf(alarm(20, "TargetGroup"));
    expect(causes[0]?.cause).toBe(
      "The alarm app-5xx stopped the deployment; it counts failed requests (5xx) of the new version",
    );
    expect(causes[0]?.evidence.at(-1)?.text).toBe("app-5xx went to ALARM at 2025-08-08T02:20:00.000Z: 5 > 1");
  });
});

describe("a sidecar that ended", () => {
  it("is named in place of the container that was told to end because of it", async () => {
    const containers = [
      { name: "web", exitCode: 143 },
      { name: "proxy", exitCode: 1 },
    ];
    const { headline } = await answerOf(tasksOf([stoppedTask({ ...EXITED, containers })]));
    expect(headline).toBe("The container proxy ended by itself with the exit code 1");
  });
});
