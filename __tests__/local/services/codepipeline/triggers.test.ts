import type { PipelineDeclaration } from "@aws-sdk/client-codepipeline";
import { globToRegExp, startedBy, type Push } from "../../../../src/local/services/codepipeline/triggers";
import { action, anExecution } from "../../../support/pipeline-execution";

test.each([
  ["main", "main", true],
  ["main", "maintenance", false],
  ["v*", "v1.2.3", true],
  ["v*", "v1/2", false],
  ["v1.2", "v1x2", false],
  ["feature/*", "feature/a", true],
  ["feature/*", "feature/a/b", false],
  ["feature/**", "feature/a/b", true],
  ["**/README.md", "README.md", true],
  ["**/README.md", "a/b/README.md", true],
  ["common/**/*.js", "common/x.js", true],
  ["common/**/*.js", "common/a/b/x.js", true],
  ["common/**/*.js", "common/x.ts", false],
  ["v?", "v1", true],
  ["v?", "v12", false],
  ["{main,release/*}", "release/1", true],
  ["{main,release/*}", "main2", false],
  ["v[0-9]", "v7", true],
  ["v[!0-9]", "v7", false],
  ["a+b(c)", "a+b(c)", true],
])("the pattern %s and %s: %s", (pattern, value, matches) => {
  expect(globToRegExp(pattern).test(value)).toBe(matches);
});

type Filter = NonNullable<
  NonNullable<NonNullable<PipelineDeclaration["triggers"]>[number]["gitConfiguration"]>["push"]
>[number];

function pipeline(detectChanges: string | undefined, filters?: Filter[]): PipelineDeclaration {
  const source = action("Source", {
    actionTypeId: { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
    configuration: {
      FullRepositoryId: "acme/orders",
      BranchName: "main",
      ...(detectChanges !== undefined && { DetectChanges: detectChanges }),
    },
  });
  return {
    ...anExecution(1).pipeline,
    stages: [{ name: "Source", actions: [source] }],
    ...(filters && {
      triggers: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: { sourceActionName: "Source", push: filters },
        },
      ],
    }),
  };
}

const toMain: Push = { branch: "main", files: ["src/a.ts", "docs/README.md"] };
const toOther: Push = { branch: "other", files: ["src/a.ts"] };
const ofTag: Push = { tag: "v1.0" };

test.each<[what: string, of: PipelineDeclaration, push: Push, starts: boolean]>([
  ["a push to the branch", pipeline("true"), toMain, true],
  ["a push to the branch, by default", pipeline(undefined), toMain, true],
  ["a push to another branch", pipeline("true"), toOther, false],
  ["a tag, without a trigger", pipeline("true"), ofTag, false],
  ["a push with DetectChanges false and no trigger", pipeline("false"), toMain, false],
  ["a trigger without filters and a push to the branch", pipeline("false", []), toMain, true],
  ["a trigger without filters and a push to another", pipeline("false", []), toOther, false],
  ["a branch that a filter includes", pipeline("false", [{ branches: { includes: ["o*"] } }]), toOther, true],
  ["a branch that no filter includes", pipeline("true", [{ branches: { includes: ["o*"] } }]), toMain, false],
  [
    "a branch that a filter includes and excludes",
    pipeline("false", [{ branches: { includes: ["**"], excludes: ["ma*"] } }]),
    toMain,
    false,
  ],
  ["a tag that a filter includes", pipeline("false", [{ tags: { includes: ["v*"] } }]), ofTag, true],
  ["a tag that no filter includes", pipeline("false", [{ tags: { includes: ["w*"] } }]), ofTag, false],
  ["a tag and a filter of branches", pipeline("false", [{ branches: { includes: ["**"] } }]), ofTag, false],
  ["a branch and a filter of tags", pipeline("false", [{ tags: { includes: ["**"] } }]), toMain, false],
  [
    "files of a branch that one filter includes",
    pipeline("false", [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }]),
    toMain,
    true,
  ],
  [
    "only files that are excluded",
    pipeline("false", [{ branches: { includes: ["*"] }, filePaths: { excludes: ["src/**"] } }]),
    toOther,
    false,
  ],
  [
    "the branch of one filter, the files of another",
    pipeline("false", [
      { branches: { includes: ["main"] }, filePaths: { includes: ["lib/**"] } },
      { branches: { includes: ["other"] }, filePaths: { includes: ["src/**"] } },
    ]),
    toMain,
    false,
  ],
  [
    "one filter of two",
    pipeline("false", [{ branches: { includes: ["x"] } }, { branches: { includes: ["other"] } }]),
    toOther,
    true,
  ],
])("%s", (_, of, push, starts) => {
  expect(startedBy(of, "acme/orders", push)).toEqual(starts ? ["Source"] : []);
});

test("a push to another repository starts nothing", () => {
  expect(startedBy(pipeline("true"), "acme/other", toMain)).toEqual([]);
});
