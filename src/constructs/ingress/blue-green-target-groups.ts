import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";

export interface BlueGreenTargetGroupsProps {
  readonly names: { readonly blue: string; readonly green: string };
  readonly vpcId: string;
  readonly port: number;
  /** Answers 200 when a task can serve requests. */
  readonly healthCheckPath: string;
}

/** Attributes of a target group that other resources refer to. */
export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  /** The part of the ARN that is a dimension in CloudWatch. */
  readonly arnSuffix: string;
}

const DEREGISTRATION_SECONDS = "60";

/**
 * The two target groups between which a service's releases alternate. Blue gets the traffic before the
 * first release.
 */
export class BlueGreenTargetGroups extends Construct {
  public readonly blue: TargetGroup;
  public readonly green: TargetGroup;

  constructor(scope: Construct, id: string, props: BlueGreenTargetGroupsProps) {
    super(scope, id);
    this.blue = this.targetGroup("blue", props);
    this.green = this.targetGroup("green", props);
  }

  private targetGroup(color: "blue" | "green", props: BlueGreenTargetGroupsProps): TargetGroup {
    const group = new LbTargetGroup(this, color, {
      name: props.names[color],
      vpcId: props.vpcId,
      port: props.port,
      protocol: "HTTP",
      // With awsvpc, each task has an IP address of its own.
      targetType: "ip",
      // ECS registers each task with its own port. A change here would replace a target group in use.
      lifecycle: { ignoreChanges: ["port"] },
      deregistrationDelay: DEREGISTRATION_SECONDS,
      healthCheck: {
        path: props.healthCheckPath,
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    return { name: group.name, arn: group.arn, arnSuffix: group.arnSuffix };
  }
}
