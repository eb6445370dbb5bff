import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { PipelineTrigger, type PipelineTriggerProps } from "../../../src/constructs/source/pipeline-trigger";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: PipelineTriggerProps = {
  ruleName: "bys-shared-evb-awssdk-iam-dev",
  roleName: "bys-shared-iam-evb-awssdk-iam-role",
  rolePath: "/service-role/",
  accountId: "202949997891",
  region: "ap-northeast-2",
  repositoryArn: "arn:aws:codecommit:ap-northeast-2:202949997891:awssdk-iam",
  branch: "develop",
  pipelineName: "bys-shared-cdpl-awssdk-iam-dev",
  pipelineArn: "arn:aws:codepipeline:ap-northeast-2:202949997891:bys-shared-cdpl-awssdk-iam-dev",
};

const build = (overrides: Partial<PipelineTriggerProps> = {}) =>
  synth((scope) => new PipelineTrigger(scope, "trigger", { ...props, ...overrides }));

const stack = build();
const patternOf = (made: typeof stack): unknown =>
  JSON.parse(String(theOnly(made, CloudwatchEventRule).event_pattern));

describe("PipelineTrigger", () => {
  it("hears when the branch is made or moves, and of nothing else", () => {
    expect(theOnly(stack, CloudwatchEventRule).name).toBe("bys-shared-evb-awssdk-iam-dev");
    expect(patternOf(stack)).toEqual({
      source: ["aws.codecommit"],
      "detail-type": ["CodeCommit Repository State Change"],
      resources: ["arn:aws:codecommit:ap-northeast-2:202949997891:awssdk-iam"],
      detail: {
        event: ["referenceCreated", "referenceUpdated"],
        referenceType: ["branch"],
        referenceName: ["develop"],
      },
    });
  });

  it("listens to another branch if so told", () => {
    expect(patternOf(build({ branch: "release/1.4" }))).toMatchObject({
      detail: { referenceName: ["release/1.4"] },
    });
  });

  it("starts the pipeline, as its own role", () => {
    expect(theOnly(stack, CloudwatchEventTarget)).toEqual({
      rule: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.\w+\.name\}$/) as string,
      target_id: "pipeline",
      arn: props.pipelineArn,
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });
});

describe("the role of a pipeline's trigger", () => {
  it("has its name and path", () => {
    expect(theOnly(stack, IamRole)).toMatchObject({
      name: "bys-shared-iam-evb-awssdk-iam-role",
      path: "/service-role/",
    });
  });

  it("is assumed by EventBridge, for that rule only", () => {
    expect(statement(stack, "AssumeForOwnResource")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      condition: [
        { test: "StringEquals", variable: "aws:SourceAccount", values: ["202949997891"] },
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: ["arn:aws:events:ap-northeast-2:202949997891:rule/bys-shared-evb-awssdk-iam-dev"],
        },
      ],
    });
  });

  it("may start that pipeline, and nothing else", () => {
    expect(policies(stack).trigger_role_permissions).toEqual([
      {
        sid: "StartPipeline",
        actions: ["codepipeline:StartPipelineExecution"],
        resources: [props.pipelineArn],
      },
    ]);
  });
});
