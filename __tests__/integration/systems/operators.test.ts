import { systemOf } from "../../../src/system/system";
import { policiesOfStacks } from "../../../src/permissions";
import { edit, shippedYaml } from "../../support/faults";
import { changed, failuresOf } from "../../support/proof";
import { configOf, synthApp } from "../../support/synth-app";

const config = configOf(edit(shippedYaml, ["cluster: main", "cluster: main\n    approval: true"]));
const system = systemOf(config);
const policies = policiesOfStacks(synthApp(config));

describe("the operators' policies", () => {
  it("allow what they must, and nothing else", async () => {
    expect(await failuresOf(system, policies)).toEqual([]);
  });

  it.each([
    ["codepipeline:PutApprovalResult", "codepipeline:GetJobDetails", "approve a release"],
    ["codedeploy:ContinueDeployment", "codedeploy:GetDeploymentConfig", "stop or continue a deployment"],
    ["codepipeline:GetPipelineState", "codepipeline:UpdatePipeline", "change a pipeline"],
    ["codebuild:ListBuildsForProject", "codebuild:StartBuild", "change a build"],
    ["ecs:DescribeServices", "ecs:UpdateService", "change a service"],
  ])("are not proven with %s replaced by %s", async (part, by, because) => {
    const managed = changed(policies.managed, part, by);
    expect(JSON.stringify(await failuresOf(system, { ...policies, managed }))).toContain(because);
  });
});
