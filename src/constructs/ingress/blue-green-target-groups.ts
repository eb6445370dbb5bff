import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";

export interface BlueGreenTargetGroupsProps {
  readonly names: { readonly blue: string; readonly green: string };
  readonly vpcId: string;
  readonly port: number;
  /** Answers 200 once a task can serve. */
  readonly healthCheckPath: string;
}

/** What others need of a target group. */
export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  /** The part of the ARN that CloudWatch takes as dimension. */
  readonly arnSuffix: string;
}

const DEREGISTRATION_SECONDS = "60";

/**
 * The two target groups that a service's releases alternate between. Blue is where traffic starts;
 * the roles swap after each release.
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
      // Tasks have addresses of their own under awsvpc.
      targetType: "ip",
      // A mere default: ECS registers tasks with their own port. A change would replace a group in use.
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
