import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly accountId: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly retentionDays: number;
}

/** Flow logs of a VPC in CloudWatch Logs. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { accountId, region } = props;

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: props.retentionDays,
    });
    const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:${props.logGroupName}`;
    const role = new Role(this, "role", {
      name: props.roleName,
      description: `Writes the flow logs of ${props.logGroupName}`,
      trust: trustService({
        service: "vpc-flow-logs.amazonaws.com",
        sourceAccountId: accountId,
        sourceArn: `arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*`,
      }),
      permissions: [
        {
          sid: "WriteFlowLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          resources: [`${logGroupArn}:*`],
        },
        // DescribeLogGroups does not support resource-level permissions.
        { sid: "FindLogGroup", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ],
    });
    new FlowLog(this, "flow-log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      dependsOn: role.ready,
    });
  }
}
