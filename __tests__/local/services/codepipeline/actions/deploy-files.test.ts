import {
  configuredImages,
  fillImages,
  fillTaskDefinition,
  sameImages,
} from "../../../../../src/local/services/codepipeline/actions/deploy-files";
import { failureOf } from "../../../../../src/local/services/codepipeline/actions/build";

test("each placeholder of an image is replaced, and no other text", () => {
  const images = new Map([
    ["IMAGE1_NAME", "one@sha256:1"],
    ["SIDE", "two@sha256:2"],
  ]);
  expect(fillImages("<IMAGE1_NAME> <SIDE> <IMAGE1_NAME> IMAGE1_NAME <OTHER>", images)).toBe(
    "one@sha256:1 two@sha256:2 one@sha256:1 IMAGE1_NAME <OTHER>",
  );
});

test("images need both an artifact and a name", () => {
  const configuration = {
    ...{ Image1ArtifactName: "A", Image1ContainerName: "ONE" },
    ...{ Image2ArtifactName: "B", Image4ArtifactName: "D", Image4ContainerName: "FOUR" },
  };
  expect([...configuredImages(configuration)]).toEqual([
    ["ONE", "A"],
    ["FOUR", "D"],
  ]);
});

test.each([
  ["TaskDefinition: <TASK_DEFINITION>", 'TaskDefinition: "arn:1"'],
  ['TaskDefinition: "<TASK_DEFINITION>"', 'TaskDefinition: "arn:1"'],
  ["TaskDefinition: '<TASK_DEFINITION>'", 'TaskDefinition: "arn:1"'],
  ['{"TaskDefinition":"<TASK_DEFINITION>"}', '{"TaskDefinition":"arn:1"}'],
])("%s", (template, filled) => {
  expect(fillTaskDefinition(template, "arn:1")).toBe(filled);
});

test("task definitions are compared by the images of their containers", () => {
  const containers = (...images: string[]) => ({
    containerDefinitions: images.map((image, index) => ({ name: `c${index}`, image, cpu: index })),
  });
  expect(sameImages(containers("a", "b"), containers("a", "b"))).toBe(true);
  expect(sameImages(containers("a", "b"), containers("b", "a"))).toBe(false);
  expect(sameImages(containers("a"), containers("a", "b"))).toBe(false);
});

test("a failed build is told by its first phase that failed", () => {
  const contexts = (message: string) => [{ statusCode: "COMMAND_EXECUTION_ERROR", message }];
  expect(
    failureOf({
      buildStatus: "FAILED",
      phases: [
        { phaseType: "INSTALL", phaseStatus: "SUCCEEDED" },
        { phaseType: "BUILD", phaseStatus: "FAILED", contexts: contexts("one") },
        { phaseType: "POST_BUILD", phaseStatus: "FAILED", contexts: contexts("two") },
      ],
    }),
  ).toBe("Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: one");
  expect(failureOf({ buildStatus: "STOPPED" })).toBe("Build terminated with state: STOPPED");
});
