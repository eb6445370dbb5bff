import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";

export interface ServiceRouteProps {
  readonly productionListenerArn: string;
  readonly testListenerArn: string;
  readonly targetGroupArns: { readonly blue: string; readonly green: string };
  /** From 1 to 50,000. It should not change while the service exists. */
  readonly priority: number;
  /** This path and all paths below it. `/` matches every path, so it needs a host as condition. */
  readonly path: string;
  /** @default - any host */
  readonly host?: string;
}

/** Forwards a service's requests from both listeners to its target groups. */
export class ServiceRoute extends Construct {
  /** ECS refuses a target group that no listener uses, so the service must wait for these. */
  public readonly rules: LbListenerRule[];

  constructor(scope: Construct, id: string, props: ServiceRouteProps) {
    super(scope, id);
    this.rules = [
      this.rule("production", props.productionListenerArn, props.targetGroupArns.blue, props),
      this.rule("test", props.testListenerArn, props.targetGroupArns.green, props),
    ];
  }

  private rule(
    id: string,
    listenerArn: string,
    targetGroupArn: string,
    props: ServiceRouteProps,
  ): LbListenerRule {
    const { host, path, priority } = props;
    return new LbListenerRule(this, id, {
      listenerArn,
      priority,
      condition: [
        ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }]),
        ...(path === "/" ? [] : [{ pathPattern: { values: [path, `${path}/*`] } }]),
      ],
      action: [{ type: "forward", targetGroupArn }],
      // CodeDeploy changes the action: it forwards to the other target group, and keeps both with weights.
      lifecycle: { ignoreChanges: ["action"] },
    });
  }
}
