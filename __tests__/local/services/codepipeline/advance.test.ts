import { advance } from "../../../../src/local/services/codepipeline/advance";
import type { Execution } from "../../../../src/local/services/codepipeline/execution";
import { action, anAttempt, anExecution, entered, through } from "../../../support/pipeline-execution";

const context = {
  region: "eu-central-1",
  now: 9,
  newId: (
    (next = 0) =>
    () =>
      `id-${(next += 1)}`
  )(),
  newSuffix: () => "AbCdEf0",
};

const withStages = (...actions: readonly ReturnType<typeof action>[]): Execution => {
  const execution = anExecution(1, { stages: entered("Source") });
  return {
    ...execution,
    pipeline: { ...execution.pipeline, stages: [{ name: "Source", actions: [...actions] }] },
  };
};

const started = ({ actions }: Execution) =>
  actions.map(({ actionName, status }) => `${actionName} ${status}`);

describe("an execution", () => {
  it("that has not entered its stage stays as it is", () => {
    const waiting = anExecution(1, { stages: through("Source") });
    expect(advance(waiting, context)).toBe(waiting);
  });

  it("with an action in progress stays as it is", () => {
    const running = anExecution(1, {
      stages: entered("Source"),
      actions: [anAttempt("Source", "Source", "InProgress")],
    });
    expect(advance(running, context)).toBe(running);
  });

  it("starts all actions of the lowest run order, with their artifacts", () => {
    const next = advance(
      withStages(
        action("one", { runOrder: 2, outputArtifacts: [{ name: "SourceArtifact" }] }),
        action("two", { runOrder: 2 }),
        action("three", { runOrder: 5 }),
      ),
      context,
    );
    expect(started(next)).toEqual(["one InProgress", "two InProgress"]);
    expect(next.actions[0]?.outputArtifacts).toEqual([
      {
        name: "SourceArtifact",
        s3location: { bucket: "artifacts", key: "orders-pipeline-prod/SourceArti/AbCdEf0" },
      },
    ]);
  });

  it("starts the next run order after all of the one before", () => {
    const stage = withStages(action("one"), action("two"), action("three", { runOrder: 2 }));
    const half = {
      ...stage,
      actions: [anAttempt("Source", "one", "Succeeded"), anAttempt("Source", "two", "InProgress")],
    };
    expect(advance(half, context)).toBe(half);
    const whole = {
      ...stage,
      actions: [anAttempt("Source", "one", "Succeeded"), anAttempt("Source", "two", "Succeeded")],
    };
    expect(started(advance(whole, context)).at(-1)).toBe("three InProgress");
  });

  it("fails after the actions that ran with the failed one have ended", () => {
    const stage = withStages(action("one"), action("two"), action("three", { runOrder: 2 }));
    const half = {
      ...stage,
      actions: [anAttempt("Source", "one", "Failed"), anAttempt("Source", "two", "InProgress")],
    };
    expect(advance(half, context)).toBe(half);
    const ended = {
      ...stage,
      actions: [half.actions[0], anAttempt("Source", "two", "Succeeded")].flatMap((one) => one ?? []),
    };
    expect(advance(ended, context)).toMatchObject({
      status: "Failed",
      stages: { Source: { status: "Failed" } },
    });
  });

  it("ends a stage, and waits to enter the next", () => {
    const done = anExecution(1, {
      stages: entered("Source"),
      actions: [anAttempt("Source", "Source", "Succeeded")],
    });
    expect(advance(done, context)).toMatchObject({
      status: "InProgress",
      stages: { Source: { status: "Succeeded" } },
    });
  });

  it("succeeds with its last stage", () => {
    const done = anExecution(1, {
      stages: entered("Source", "Build", "Deploy"),
      actions: [anAttempt("Deploy", "Deploy", "Succeeded")],
    });
    expect(advance(done, context).status).toBe("Succeeded");
  });

  it("repeats the actions that a retry has replaced, and no others", () => {
    const stage = withStages(action("one"), action("two"));
    const retried = {
      ...stage,
      actions: [
        anAttempt("Source", "one", "Succeeded"),
        anAttempt("Source", "two", "Failed", { retried: true }),
      ],
    };
    expect(started(advance(retried, context))).toEqual(["one Succeeded", "two Failed", "two InProgress"]);
  });

  it("replaces variables, and fails an action with one that is unknown", () => {
    const execution = {
      ...withStages(
        action("one", { configuration: { A: "#{Source.CommitId}" } }),
        action("two", { configuration: { A: "#{Source.Missing}" } }),
      ),
      namespaces: { Source: { CommitId: "a1" } },
    };
    const [one, two] = advance(execution, context).actions;
    expect(one).toMatchObject({ status: "InProgress", input: { resolvedConfiguration: { A: "a1" } } });
    expect(two).toMatchObject({
      status: "Failed",
      errorDetails: {
        code: "ConfigurationError",
        message: "Failed to resolve variables in action configuration: #{Source.Missing} is not set",
      },
    });
  });

  const running = anExecution(1, {
    status: "Stopping",
    stages: entered("Source", "Build"),
    actions: [anAttempt("Build", "Build", "InProgress")],
  });

  it.each<[what: string, execution: Execution, status: string, ofAction: string | undefined]>([
    ["that stops waits for its actions", running, "Stopping", "InProgress"],
    ["that abandons does not wait", { ...running, abandon: true }, "Stopped", "Abandoned"],
    [
      "that stops is stopped after its actions",
      { ...running, actions: [anAttempt("Build", "Build", "Succeeded")] },
      "Stopped",
      "Succeeded",
    ],
    [
      "that waits between two stages is stopped at once",
      anExecution(1, { status: "Stopping", stages: through("Source") }),
      "Stopped",
      undefined,
    ],
  ])("%s", (_, execution, status, ofAction) => {
    const next = advance(execution, context);
    expect(next.status).toBe(status);
    expect(next.actions.at(-1)?.status).toBe(ofAction);
  });
});
