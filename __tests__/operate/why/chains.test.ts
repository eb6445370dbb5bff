import { catalogue, collect, judge } from "../../../src/operate/why";
import type { Entry, Signal } from "../../../src/operate/why/catalogue/entry";
import {
  action,
  actionsTo,
  at,
  BUILD_ID,
  buildWith,
  DEPLOYMENT,
  delivery,
  deploymentOf,
  fakeClients,
  pipelineWith,
  serviceWith,
  stoppedTask,
  tasksOf,
  type Category,
  type Responses,
} from "../../support/release-responses";
import { merged, responseAt } from "../../support/response-at";

const entries = catalogue();

/** The signals of an entry on one API, as one response. */
const sampleOf = (signals: readonly Signal[], api: string): Record<string, unknown> =>
  signals
    .filter((signal) => signal.api === api)
    .map(({ field, sample }) => responseAt(field, sample))
    .reduce((below, above) => merged(below, above) as Record<string, unknown>, {});

const firstOf = (value: unknown) => (value as readonly object[] | undefined)?.[0] ?? {};

/** The action in which failures of a stage show. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  source: "Source",
  build: "Build",
  approval: "Approval",
};

/** The responses of AWS in which the samples of an entry are, where AWS has them. */
function chainOf({ signals, stage }: Entry): Responses {
  const of = (api: string) => sampleOf(signals, api);
  const has = (api: string) => signals.some((signal) => signal.api === api);
  const failed = firstOf(of("codepipeline:ListActionExecutions").actionExecutionDetails);
  const summary = firstOf(of("codepipeline:ListPipelineExecutions").pipelineExecutionSummaries);
  if (has("codebuild:BatchGetBuilds") || (stage === "build" && has("logs:GetLogEvents"))) {
    const { phases, ...build } = firstOf(of("codebuild:BatchGetBuilds").builds) as { phases?: object[] };
    const command = {
      contexts: [
        {
          statusCode: "COMMAND_EXECUTION_ERROR",
          message: "Error while executing command: x. Reason: exit status 1",
        },
      ],
    };
    return {
      ...pipelineWith(actionsTo("Build", "Failed", { externalExecutionId: BUILD_ID })),
      BatchGetBuilds: { builds: [merged(buildWith(phases ? firstOf(phases) : command), build)] },
      GetLogEvents: {
        events: [{ message: "[Container] Running command x\n" }, firstOf(of("logs:GetLogEvents").events)],
      },
    };
  }
  if (stage === "ecs-task")
    return tasksOf([merged(stoppedTask(), firstOf(of("ecs:DescribeTasks").tasks)) as object], {
      GetLogEvents: { events: [firstOf(of("logs:GetLogEvents").events)] },
      DescribeServices: serviceWith(),
    });
  if (stage === "load-balancer")
    return deploymentOf({}, "Install", {
      DescribeServices: serviceWith(true),
      DescribeTargetHealth: of("elbv2:DescribeTargetHealth"),
    });
  if (has("ecs:DescribeServices")) {
    const event = {
      createdAt: at(20),
      ...firstOf((firstOf(of("ecs:DescribeServices").services) as { events?: object[] }).events),
    };
    return deploymentOf({}, "Install", { DescribeServices: serviceWith(false, [event]) });
  }
  if (has("codedeploy:GetDeployment"))
    return deploymentOf(of("codedeploy:GetDeployment").deploymentInfo as object);
  const category = CATEGORIES[stage] ?? "Deploy";
  const [newest, ...before] = actionsTo(category, "Failed", {});
  return pipelineWith([merged(newest, failed) as object, ...before], summary);
}

const answerOf = async (responses: Responses, more: Parameters<typeof judge>[2] = []) => {
  const { clients } = fakeClients(responses);
  return judge(entries, await collect(clients, delivery), more);
};

const COLLECTED = [
  "codepipeline:ListPipelineExecutions",
  "codepipeline:GetPipelineState",
  "codepipeline:ListActionExecutions",
  "codebuild:BatchGetBuilds",
  "logs:GetLogEvents",
  "codedeploy:GetDeployment",
  "ecs:DescribeServices",
  "ecs:DescribeTasks",
  "elbv2:DescribeTargetHealth",
];

const isChain = ({ role, signals, when }: Entry) =>
  signals.length > 0 &&
  signals.every(({ api }) => COLLECTED.includes(api)) &&
  ["cause", "effect", "pointer"].includes(role) &&
  // What has a condition on other things than texts has tests of its own.
  (when === undefined ||
    ["alarmDuring", "alarmBefore", "alarmOfBalancer", "notPrivileged", "newPipeline"].includes(when));

const chains = entries.filter(isChain);

describe("a chain of responses", () => {
  it("is there for at least 60 entries", () => {
    expect(chains.length).toBeGreaterThanOrEqual(60);
  });

  it.each(chains.map((entry) => ({ id: entry.id, entry })))("leads to $id", async ({ entry }) => {
    const answer = await answerOf(chainOf(entry));
    const alike = [entry.id, ...entry.alike];
    expect(alike).toContain(answer.causes[0]?.id);
    const named = answer.causes.map(({ id }) => id);
    if (entry.when !== "newPipeline") expect(named).toContain(entry.id);
    // Causes that look alike are named together, and none of them is certain.
    if (named.filter((id) => alike.includes(id ?? "")).length > 1)
      expect(answer.certainty).toBe("one of several");
    expect(answer.headline).not.toMatch(/[{}]|undefined|\(no \w+ was given\)/);
  });
});

const others = entries.filter(
  ({ role, signals }) => role === "cause" && signals.some(({ api }) => !COLLECTED.includes(api)),
);

describe("a text that is not in what is collected, such as CloudTrail's", () => {
  it.each(others.map((entry) => ({ id: entry.id, entry })))("leads to $id", async ({ entry }) => {
    const more = entry.signals.map(({ api, field, sample }) => ({
      api,
      response: responseAt(field, sample),
    }));
    const stage =
      entry.stage === "codedeploy" || entry.stage === "ecs-service" ? "deploy-action" : entry.stage;
    const category = CATEGORIES[stage] ?? (stage === "pipeline" ? undefined : "Deploy");
    const responses = category
      ? pipelineWith(
          actionsTo(category, "Failed", {
            errorDetails: {
              code: "PermissionError",
              message: "The provided role does not have sufficient permissions to access CodeDeploy",
            },
          }),
        )
      : pipelineWith([]);
    const answer = await answerOf(responses, more);
    expect(answer.causes[0]?.id).toBe(entry.id);
  });
});

describe("what looks like a failure", () => {
  const normal = entries.filter(
    ({ role, signals }) => role === "normal" && signals.every(({ api }) => COLLECTED.includes(api)),
  );

  it.each(normal.map((entry) => ({ id: entry.id, entry })))(
    "and is none is no cause: $id",
    async ({ entry }) => {
      const { also, causes } = await answerOf(chainOf(entry));
      expect([...causes, ...also].map(({ id }) => id)).not.toContain(entry.id);
    },
  );
});

describe("a failure that AWS gives no text for", () => {
  it("quotes what AWS says, says where to look, and names what it can be", async () => {
    const answer = await answerOf(
      pipelineWith([
        action("Source", "Failed", { errorDetails: { code: "JobFailed", message: "A new text" } }),
      ]),
    );
    expect(answer).toMatchObject({
      headline: "Source failed, and AWS says: A new text",
      certainty: "unknown",
      status: "failed",
      causes: [{ evidence: [{ text: "A new text" }] }],
      next: [expect.stringContaining("CloudTrail")],
    });
    expect(answer.causes[0]?.possible).toContain(
      "The source is larger than the 1 GB that CodePipeline allows",
    );
  });

  it.each([
    ["Build", "look at the log of the build"],
    ["Deploy", "look at the service's events and tasks"],
  ] as const)("of the action %s says where to look", async (category, next) => {
    const answer = await answerOf(pipelineWith(actionsTo(category, "Failed", {})));
    expect(answer.headline).toBe(`${category} failed, and AWS gives no reason`);
    expect(answer.next[0]).toContain(next);
  });
});

describe("a deployment", () => {
  it("that failed is told with its rollback and with where production traffic goes", async () => {
    const { production, status } = await answerOf(deploymentOf());
    expect(status).toBe("rolled back");
    expect(production).toEqual([
      `CodeDeploy rolled deployment ${DEPLOYMENT} back with deployment d-EXAMPLE22 (Succeeded)`,
      `100 % of the production traffic goes to ${delivery.names.blueTargetGroup}: revision 41 of the task definition, PRIMARY, 2 of 2 tasks run`,
    ]);
  });
});
