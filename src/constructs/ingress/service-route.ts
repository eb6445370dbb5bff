import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";

/** What a request must match: one of the hosts, and one of the paths. */
export interface RouteCondition {
  /** From 1 to 50,000. */
  readonly priority: number;
  /** Host names or patterns; none: any host. */
  readonly hosts: readonly string[];
  /** Path patterns; none: any path. An ALB allows five values of hosts and paths together. */
  readonly paths: readonly string[];
}

export interface ServiceRouteProps {
  readonly productionListenerArn: string;
  readonly testListenerArn: string;
  readonly targetGroupArns: { readonly blue: string; readonly green: string };
  /** At least one. */
  readonly conditions: readonly RouteCondition[];
}

/** Forwards a service's requests from both listeners to its target groups. */
export class ServiceRoute extends Construct {
  /** ECS refuses a target group that no listener uses, so the service must wait for these. */
  public readonly rules: LbListenerRule[];

  constructor(scope: Construct, id: string, props: ServiceRouteProps) {
    super(scope, id);
    const { conditions, targetGroupArns } = props;
    const rulesOf = (name: string, listenerArn: string, targetGroupArn: string) =>
      this.chain(conditions, (condition, index, next) =>
        this.rule(index === 0 ? name : `${name}-${index + 1}`, listenerArn, targetGroupArn, condition, next),
      );
    this.rules = [
      ...rulesOf("production", props.productionListenerArn, targetGroupArns.blue),
      ...rulesOf("test", props.testListenerArn, targetGroupArns.green),
    ];
  }

  /**
   * Makes each rule after the next one, on which it depends: a host that moves to a later rule is there
   * before it leaves the earlier one, and a rule is deleted after the others have what it had.
   */
  private chain(
    conditions: readonly RouteCondition[],
    make: (condition: RouteCondition, index: number, next: LbListenerRule[]) => LbListenerRule,
  ): LbListenerRule[] {
    return conditions.reduceRight<LbListenerRule[]>(
      (later, condition, index) => [make(condition, index, later.slice(0, 1)), ...later],
      [],
    );
  }

  private rule(
    id: string,
    listenerArn: string,
    targetGroupArn: string,
    { hosts, paths, priority }: RouteCondition,
    next: LbListenerRule[],
  ): LbListenerRule {
    return new LbListenerRule(this, id, {
      listenerArn,
      priority,
      condition: [
        ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
        ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
      ],
      action: [{ type: "forward", targetGroupArn }],
      // CodeDeploy changes the action: it forwards to the other target group, and keeps both with weights.
      lifecycle: { ignoreChanges: ["action"] },
      ...(next.length > 0 && { dependsOn: next }),
    });
  }
}
