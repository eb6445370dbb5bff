import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";

export interface BlueGreenTargetGroupsProps {
  readonly names: { readonly blue: string; readonly green: string };
  readonly vpcId: string;
  readonly port: number;
  readonly healthCheck: HealthCheck;
  /** How long a cookie leads a client to the same task; 0: no cookie. */
  readonly stickinessSeconds: number;
  /** How long requests may take that a task has begun when it is taken out. */
  readonly drainSeconds: number;
}

export interface HealthCheck {
  /** With a query, if any. */
  readonly path: string;
  /** `200`, `200-399` or `200,301`. */
  readonly codes: string;
  /** @default - the port on which a task gets its traffic */
  readonly port?: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Numbers of checks in a row. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Attributes of a target group that other resources refer to. */
export interface TargetGroup {
  readonly name: string;
  readonly arn: string;
  /** The part of the ARN that is a dimension in CloudWatch. */
  readonly arnSuffix: string;
}

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
    const { healthCheck, stickinessSeconds } = props;
    const sticky = stickinessSeconds > 0;
    const group = new LbTargetGroup(this, color, {
      name: props.names[color],
      vpcId: props.vpcId,
      port: props.port,
      protocol: "HTTP",
      // With awsvpc, each task has an IP address of its own.
      targetType: "ip",
      // ECS registers each task with its own port. A change of either would replace a target group in use.
      lifecycle: { ignoreChanges: ["port", "name"] },
      deregistrationDelay: String(props.drainSeconds),
      // Without this section, a cookie that was on would stay on.
      stickiness: {
        type: "lb_cookie",
        enabled: sticky,
        ...(sticky && { cookieDuration: stickinessSeconds }),
      },
      healthCheck: {
        path: healthCheck.path,
        ...(healthCheck.port !== undefined && { port: String(healthCheck.port) }),
        matcher: healthCheck.codes,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
    });
    return { name: group.name, arn: group.arn, arnSuffix: group.arnSuffix };
  }
}
