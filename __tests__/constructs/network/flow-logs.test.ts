import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { FlowLogs, type FlowLogsProps } from "../../../src/constructs/network/flow-logs";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: FlowLogsProps = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  accountId: "558846431111",
  region: "ap-northeast-2",
  logGroupName: "/vpc/bys-dev-flow-logs",
  roleName: "bys-dev-iam-flow-logs-role",
  retentionDays: 30,
};

const build = (overrides: Partial<FlowLogsProps> = {}) =>
  synth((scope) => new FlowLogs(scope, "flow-logs", { ...props, ...overrides }));

const stack = build();

describe("FlowLogs", () => {
  it("records accepted and rejected traffic of the VPC", () => {
    expect(theOnly(stack, FlowLog)).toMatchObject({ vpc_id: "vpc-0a1b2c3d4e5f60718", traffic_type: "ALL" });
  });

  it("writes to a log group of its own, with a role of its own", () => {
    const flowLog = theOnly(stack, FlowLog);
    expect(flowLog.log_destination).toMatch(/^\$\{aws_cloudwatch_log_group\.flow-logs_log-group_\w+\.arn\}$/);
    expect(flowLog.iam_role_arn).toMatch(/^\$\{aws_iam_role\.flow-logs_role_\w+\.arn\}$/);
    expect(theOnly(stack, CloudwatchLogGroup).name).toBe("/vpc/bys-dev-flow-logs");
    expect(theOnly(stack, IamRole).name).toBe("bys-dev-iam-flow-logs-role");
  });

  it("begins once the role may write", () => {
    expect(theOnly(stack, FlowLog).depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.flow-logs_role_policy_/),
    ]);
  });

  it("keeps records for as long as it is told", () => {
    expect(theOnly(build({ retentionDays: 365 }), CloudwatchLogGroup).retention_in_days).toBe(365);
  });

  it("is written for the flow logs of its own account and region only", () => {
    expect(statement(stack, "AssumeForOwnResource")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["vpc-flow-logs.amazonaws.com"] }],
      condition: [
        { test: "StringEquals", variable: "aws:SourceAccount", values: ["558846431111"] },
        {
          test: "ArnLike",
          variable: "aws:SourceArn",
          values: ["arn:aws:ec2:ap-northeast-2:558846431111:vpc-flow-log/*"],
        },
      ],
    });
  });

  it("writes to one log group, and nowhere else", () => {
    expect(statement(stack, "WriteFlowLogs").resources).toEqual([
      "arn:aws:logs:ap-northeast-2:558846431111:log-group:/vpc/bys-dev-flow-logs:*",
    ]);
    expect(policies(stack)["flow-logs_role_permissions"]?.map(({ sid }) => sid)).toEqual([
      "WriteFlowLogs",
      "FindLogGroup",
    ]);
  });

  it("neither makes log groups nor reads what it wrote", () => {
    expect(statement(stack, "WriteFlowLogs").actions).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:DescribeLogStreams",
    ]);
  });

  it("lists log groups, for which AWS knows no resource", () => {
    expect(statement(stack, "FindLogGroup")).toMatchObject({
      actions: ["logs:DescribeLogGroups"],
      resources: ["*"],
    });
  });
});
