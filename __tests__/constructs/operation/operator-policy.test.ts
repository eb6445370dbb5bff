import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { OperatorPolicy } from "../../../src/constructs/operation/operator-policy";
import { pipelineRights } from "../../../src/constructs/operation/pipeline-rights";
import { statement, synth, theOnly } from "../../support/synth";

const pipeline = {
  pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop",
  projectArn: "arn:aws:codebuild:eu-west-1:111111111111:project/shop",
  logGroupArn: "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codebuild/shop",
};
const approvalArn = `${pipeline.pipelineArn}/DevApproval/Approve`;

const stack = synth((scope) => {
  new OperatorPolicy(scope, "operators", {
    policyName: "acme-operators",
    description: "Approve releases.",
    permissions: pipelineRights([{ ...pipeline, approvalArn }], "operate"),
  });
});

describe("OperatorPolicy", () => {
  it("has its name and its statements", () => {
    expect(theOnly(stack, IamPolicy)).toMatchObject({
      name: "acme-operators",
      description: "Approve releases.",
    });
    expect(statement(stack, "ApproveReleases").resources).toEqual([approvalArn]);
  });

  it("keeps its description, without which Terraform would replace a policy that people have", () => {
    expect(theOnly(stack, IamPolicy)).toHaveProperty("lifecycle.ignore_changes", ["description"]);
  });
});
