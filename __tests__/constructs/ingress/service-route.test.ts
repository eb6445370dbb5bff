import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { TerraformOutput } from "cdktf";
import { ServiceRoute, type ServiceRouteProps } from "../../../src/constructs/ingress/service-route";
import { all, synth } from "../../support/synth";

const loadBalancer = "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:listener/app/bys-dev-alb-main";
const targetGroup =
  "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:targetgroup/bys-dev-tg-awssdk-iam";

const props: ServiceRouteProps = {
  productionListenerArn: `${loadBalancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`,
  testListenerArn: `${loadBalancer}/50dc6c495c0c9188/0467ef3c8400ae65`,
  targetGroupArns: {
    blue: `${targetGroup}-blue/73e2d6bc24d8a067`,
    green: `${targetGroup}-green/8e3a1c5d7f902b46`,
  },
  conditions: [{ priority: 1200, hosts: [], paths: ["/iam", "/iam/*"] }],
};
/** The same with other hosts and paths. */
const conditions = (hosts: string[], paths: string[]) => ({ conditions: [{ priority: 1200, hosts, paths }] });

const build = (overrides: Partial<ServiceRouteProps> = {}) =>
  synth((scope) => {
    const { rules } = new ServiceRoute(scope, "route", { ...props, ...overrides });
    new TerraformOutput(scope, "rules", { value: rules.map(({ id }) => id), staticId: true });
  });

/** The rule of that listener. */
const ruleOf = (listenerArn: string, overrides: Partial<ServiceRouteProps> = {}) =>
  all(build(overrides), LbListenerRule).find((rule) => rule.listener_arn === listenerArn);

const listeners = [
  ["production", props.productionListenerArn],
  ["test", props.testListenerArn],
] as const;

describe("ServiceRoute", () => {
  it("starts with production traffic on blue and test traffic on green", () => {
    expect(ruleOf(props.productionListenerArn)?.action).toEqual([
      { type: "forward", target_group_arn: props.targetGroupArns.blue },
    ]);
    expect(ruleOf(props.testListenerArn)?.action).toEqual([
      { type: "forward", target_group_arn: props.targetGroupArns.green },
    ]);
  });

  it("makes one rule a listener", () => {
    expect(all(build(), LbListenerRule)).toHaveLength(2);
  });

  it("hands on both rules, for the service to wait for", () => {
    expect(build().output?.rules?.value).toEqual([
      expect.stringMatching(/^\$\{aws_lb_listener_rule\.route_production_\w+\.id\}$/),
      expect.stringMatching(/^\$\{aws_lb_listener_rule\.route_test_\w+\.id\}$/),
    ]);
  });

  it("makes a rule for each further condition, which is there before an earlier rule loses what it has", () => {
    const stack = build({
      conditions: [1, 2, 3].map((priority) => ({ priority, hosts: [`${priority}.example.com`], paths: [] })),
    });
    const ids = Object.keys(stack.resource?.aws_lb_listener_rule ?? {});
    expect(ids).toHaveLength(6);
    // The address of the first one is that of a service with one rule.
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(build().resource?.aws_lb_listener_rule as object)),
    );
    const waits = all(stack, LbListenerRule).map(({ depends_on = [], priority }) => [priority, depends_on]);
    expect(waits.filter(([priority]) => priority === 3)).toEqual([
      [3, []],
      [3, []],
    ]);
    expect(waits.filter(([priority]) => priority === 1).map(([, on]) => on)).toEqual([
      [expect.stringContaining("production-2")],
      [expect.stringContaining("test-2")],
    ]);
  });

  describe.each(listeners)("on the %s listener", (_, listenerArn) => {
    it("leaves the action, and nothing else, to CodeDeploy", () => {
      expect(ruleOf(listenerArn)?.lifecycle).toEqual({ ignore_changes: ["action"] });
    });

    it("keeps its priority", () => {
      expect(ruleOf(listenerArn)?.priority).toBe(1200);
    });

    it("takes its path and what is below it, for any host", () => {
      expect(ruleOf(listenerArn)?.condition).toEqual([{ path_pattern: { values: ["/iam", "/iam/*"] } }]);
    });

    it("asks for the host too when it has one", () => {
      expect(ruleOf(listenerArn, conditions(["api.example.com"], ["/iam", "/iam/*"]))?.condition).toEqual([
        { host_header: { values: ["api.example.com"] } },
        { path_pattern: { values: ["/iam", "/iam/*"] } },
      ]);
    });

    it("takes every path of its host at /", () => {
      expect(ruleOf(listenerArn, conditions(["api.example.com"], []))?.condition).toEqual([
        { host_header: { values: ["api.example.com"] } },
      ]);
    });
  });
});
