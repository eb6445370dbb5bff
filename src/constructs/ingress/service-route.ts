import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";

export interface ServiceRouteProps {
  readonly productionListenerArn: string;
  readonly testListenerArn: string;
  readonly targetGroupArns: { readonly blue: string; readonly green: string };
  /** From 1 to 50,000; best the same for as long as the service lives. */
  readonly priority: number;
  /** This path and everything below it; `/` is every path, and needs a host: a rule has a condition. */
  readonly path: string;
  /** @default - any host */
  readonly host?: string;
}

/** Leads a service's requests from both listeners to its target groups. */
export class ServiceRoute extends Construct {
  /** What the service's target groups hang on: without a listener, ECS refuses them. */
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
      // CodeDeploy points the rule at the other target group, and leaves both in it with weights.
      lifecycle: { ignoreChanges: ["action"] },
    });
  }
}
