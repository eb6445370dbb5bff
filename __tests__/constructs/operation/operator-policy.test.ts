import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import {
  operateDeployments,
  operatePipelines,
  OperatorPolicy,
} from "../../../src/constructs/operation/operator-policy";
import { statement, synth, theOnly } from "../../support/synth";

const group = "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codebuild/shop";
const pipeline = {
  pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop",
  projectArn: "arn:aws:codebuild:eu-west-1:111111111111:project/shop",
  logGroupArn: group,
};
const approvalArn = `${pipeline.pipelineArn}/DevApproval/Approve`;

describe("OperatorPolicy", () => {
  it("has its name and its statements", () => {
    const stack = synth((scope) => {
      new OperatorPolicy(scope, "operators", {
        policyName: "acme-operators",
        description: "Approve releases.",
        permissions: operatePipelines([{ ...pipeline, approvalArn }]),
      });
    });
    expect(theOnly(stack, IamPolicy)).toMatchObject({
      name: "acme-operators",
      description: "Approve releases.",
    });
    expect(statement(stack, "ApproveReleases").resources).toEqual([approvalArn]);
  });

  it("approves only where a person must", () => {
    expect(operatePipelines([pipeline]).map(({ sid }) => sid)).toEqual([
      "SeeExecutions",
      "SeeBuilds",
      "ReadLogs",
    ]);
  });

  it("reads the logs of its groups only", () => {
    expect(operatePipelines([pipeline]).at(-1)?.resources).toEqual([`${group}:*`]);
  });

  it("names every deployment only for actions without a resource", () => {
    const statements = operateDeployments([
      {
        applicationArn: "arn:app",
        deploymentGroupArn: "arn:group",
        serviceArn: "arn:service",
        logGroupArn: group,
      },
    ]);
    const everywhere = statements.filter(({ resources }) => resources?.includes("*"));
    expect(everywhere.map(({ sid }) => sid)).toEqual(["OperateDeployments"]);
    expect(JSON.stringify(statements)).not.toMatch(/Create|Update|Delete|Put/);
  });
});
