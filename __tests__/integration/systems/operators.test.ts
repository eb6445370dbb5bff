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
    ["codepipeline:StopPipelineExecution", "codepipeline:GetJobDetails", "stop an execution"],
    ["codedeploy:ContinueDeployment", "codedeploy:GetOnPremisesInstance", "stop or continue a deployment"],
    ["codepipeline:GetPipelineState", "codepipeline:UpdatePipeline", "change a pipeline"],
    ["codebuild:ListBuildsForProject", "codebuild:StartBuild", "change a build"],
    ["ecs:DescribeServices", "ecs:UpdateService", "change a service"],
    ["codedeploy:BatchGetDeployments", "codedeploy:CreateDeployment", "a reader would release"],
    ["ecs:DescribeTaskDefinition", "codedeploy:StopDeployment", "a reader would stop or continue a release"],
    ["ecr:ListImages", "ecr:BatchDeleteImage", "change images"],
    ["bys-dev-iam-awssdk-iam-ecs-task-role", "bys-dev-iam-deploy-role", "a task would get another role"],
    [
      "cddpg-ecs-main-awssdk-iam",
      "cddpg-ecs-main-awssdk-iam-other",
      "an operator would release another service",
    ],
    ["cluster/bys-dev-ecs-main", "cluster/bys-dev-ecs-main-other", "would see another cluster"],
  ])("are not proven with %s replaced by %s", async (part, by, because) => {
    const managed = changed(policies.managed, part, by);
    expect(JSON.stringify(await failuresOf(system, { ...policies, managed }))).toContain(because);
  });
});
