import { decide, decided } from "../../../../src/local/services/codepipeline/schedule";
import type { Transition } from "../../../../src/local/services/codepipeline/pipeline";
import type { Execution } from "../../../../src/local/services/codepipeline/execution";
import { anExecution, entered, through } from "../../../support/pipeline-execution";

const inbound: Transition = { stageName: "Deploy", transitionType: "Inbound" };
const outbound: Transition = { stageName: "Build", transitionType: "Outbound" };

const waitsForDeploy = (number: number, more: Partial<Execution> = {}) =>
  anExecution(number, { stages: through("Source", "Build"), ...more });
const inDeploy = (number: number, more: Partial<Execution> = {}) =>
  anExecution(number, { stages: entered("Source", "Build", "Deploy"), ...more });

const enters = (number: number, stage: string) => ({ id: `e${number}`, enter: stage });
const superseded = (number: number, by: number) => ({ id: `e${number}`, supersededBy: `e${by}` });

const queued = { executionMode: "QUEUED" } as const;
const parallel = { executionMode: "PARALLEL" } as const;

test.each<[what: string, executions: Execution[], disabled: Transition[], decisions: object[]]>([
  ["a new execution enters the first stage", [anExecution(1)], [], [enters(1, "Source")]],
  [
    "one waits while another is in its stage",
    [anExecution(2), anExecution(1, { stages: entered("Source") })],
    [],
    [],
  ],
  [
    "each of two enters its own stage",
    [anExecution(2), waitsForDeploy(1)],
    [],
    [enters(1, "Deploy"), enters(2, "Source")],
  ],
  [
    "of two that wait for a free stage the older is superseded",
    [waitsForDeploy(1), waitsForDeploy(2)],
    [],
    [superseded(1, 2), enters(2, "Deploy")],
  ],
  [
    "of three that wait behind another the newest stays",
    [inDeploy(1), waitsForDeploy(2), waitsForDeploy(4), waitsForDeploy(3)],
    [],
    [superseded(2, 4), superseded(3, 4)],
  ],
  ["one that is in a stage is never superseded", [inDeploy(1), waitsForDeploy(2)], [], []],
  ["a disabled transition into the stage holds it", [waitsForDeploy(1)], [inbound], []],
  ["a disabled transition out of the stage before holds it", [waitsForDeploy(1)], [outbound], []],
  [
    "those that a disabled transition holds supersede each other",
    [waitsForDeploy(1), waitsForDeploy(2)],
    [inbound],
    [superseded(1, 2)],
  ],
  [
    "one that is being stopped holds its stage",
    [inDeploy(1, { status: "Stopping" }), waitsForDeploy(2)],
    [],
    [],
  ],
  ["one that is being stopped does not enter a stage", [waitsForDeploy(1, { status: "Stopping" })], [], []],
  [
    "in mode QUEUED the oldest enters",
    [waitsForDeploy(2, queued), waitsForDeploy(1, queued)],
    [],
    [enters(1, "Deploy")],
  ],
  [
    "in mode PARALLEL all enter",
    [inDeploy(1, parallel), waitsForDeploy(2, parallel), waitsForDeploy(3, parallel)],
    [],
    [enters(2, "Deploy"), enters(3, "Deploy")],
  ],
  ["no executions, no decisions", [], [], []],
])("%s", (_, executions, disabled, decisions) => {
  expect(decide(executions, disabled)).toEqual(decisions);
});

test("a decision changes an execution", () => {
  expect(decided(anExecution(1), { id: "e1", enter: "Source" }, 7).stages).toEqual({
    Source: { status: "InProgress", entered: 7 },
  });
  expect(decided(waitsForDeploy(1), { id: "e1", supersededBy: "e2" }, 7)).toMatchObject({
    status: "Superseded",
    stages: through("Source", "Build"),
  });
});
