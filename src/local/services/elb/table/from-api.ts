import type {
  Action,
  Listener as ApiListener,
  Rule as ApiRule,
  TargetGroup as ApiTargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { conditionOf } from "../rules/conditions";
import type { Certificate, LoadBalancer, Rule, RuleAction, Stickiness, TargetGroup, Listener } from "./table";

/** Attributes by their keys. */
export type Attributes = ReadonlyMap<string, string>;

const DEFAULT_IDLE_TIMEOUT_SECONDS = 60;
const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 300;
const DAY_SECONDS = 86_400;

/** The end of an ARN that is the dimension of metrics. */
export const dimensionOf = (arn: string) =>
  arn
    .split(":")
    .at(-1)
    ?.replace(/^loadbalancer\//, "") ?? "";

const protocolOf = (name: string | undefined) => (name === "HTTPS" ? "HTTPS" : "HTTP");

const seconds = (attributes: Attributes, key: string, otherwise: number) =>
  Number(attributes.get(key) ?? otherwise);

export function loadBalancerOf(arn: string, attributes: Attributes): LoadBalancer {
  const mode = attributes.get("routing.http.xff_header_processing.mode");
  return {
    dimension: dimensionOf(arn),
    idleTimeoutSeconds: seconds(attributes, "idle_timeout.timeout_seconds", DEFAULT_IDLE_TIMEOUT_SECONDS),
    dropInvalidHeaders: attributes.get("routing.http.drop_invalid_header_fields.enabled") === "true",
    forwardedFor: mode === "preserve" || mode === "remove" ? mode : "append",
  };
}

export function listenerOf(
  listener: ApiListener,
  rules: readonly ApiRule[],
  certificates: readonly Certificate[],
  loadBalancer: LoadBalancer,
): Listener {
  const order = (rule: ApiRule) => (rule.IsDefault === true ? Infinity : Number(rule.Priority));
  return {
    arn: listener.ListenerArn ?? "",
    port: listener.Port ?? 0,
    protocol: protocolOf(listener.Protocol),
    certificates,
    rules: [...rules].sort((one, other) => order(one) - order(other)).map(ruleOf),
    loadBalancer,
  };
}

const ruleOf = (rule: ApiRule): Rule => ({
  arn: rule.RuleArn ?? "",
  conditions: (rule.Conditions ?? []).map(conditionOf),
  action: actionOf(rule.Actions ?? []),
});

/** The last action: those before it authenticate, which the embedded AWS leaves out. */
export function actionOf(actions: readonly Action[]): RuleAction {
  const ordered = [...actions].sort((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  const last = ordered.at(-1);
  if (last?.Type === "forward") {
    const { TargetGroups, TargetGroupStickinessConfig: sticky } = last.ForwardConfig ?? {};
    const groups = TargetGroups?.length ? TargetGroups : [{ TargetGroupArn: last.TargetGroupArn, Weight: 1 }];
    return {
      type: "forward",
      groups: groups.map((one) => ({ arn: one.TargetGroupArn ?? "", weight: one.Weight ?? 1 })),
      stickySeconds: sticky?.Enabled === true ? (sticky.DurationSeconds ?? 0) : 0,
    };
  }
  if (last?.Type === "redirect" && last.RedirectConfig)
    return { type: "redirect", redirect: last.RedirectConfig };
  if (last?.Type === "fixed-response" && last.FixedResponseConfig)
    return { type: "fixed-response", response: last.FixedResponseConfig };
  return { type: "unsupported", name: last?.Type ?? "none" };
}

/** The dimension of the load balancer that uses a target group, by the ARN of the group. */
export function usersOf(listeners: readonly Listener[]): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  for (const { rules, loadBalancer } of listeners)
    for (const { action } of rules)
      if (action.type === "forward")
        for (const { arn } of action.groups) users.set(arn, users.get(arn) ?? loadBalancer.dimension);
  return users;
}

export function targetGroupOf(
  group: ApiTargetGroup,
  attributes: Attributes,
  loadBalancer: string | undefined,
): TargetGroup {
  return {
    arn: group.TargetGroupArn ?? "",
    name: group.TargetGroupName ?? "",
    port: group.Port ?? 80,
    protocol: protocolOf(group.Protocol),
    dimension: dimensionOf(group.TargetGroupArn ?? ""),
    loadBalancer,
    healthCheck: {
      enabled: group.HealthCheckEnabled ?? true,
      protocol: protocolOf(group.HealthCheckProtocol),
      path: group.HealthCheckPath ?? "/",
      port: group.HealthCheckPort ?? "traffic-port",
      codes: group.Matcher?.HttpCode ?? "200",
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
    stickiness: stickinessOf(attributes),
    deregistrationDelaySeconds: seconds(
      attributes,
      "deregistration_delay.timeout_seconds",
      DEFAULT_DEREGISTRATION_DELAY_SECONDS,
    ),
  };
}

export function stickinessOf(attributes: Attributes): Stickiness {
  if (attributes.get("stickiness.enabled") !== "true") return { type: "none" };
  if (attributes.get("stickiness.type") === "app_cookie")
    return {
      type: "app_cookie",
      cookie: attributes.get("stickiness.app_cookie.cookie_name") ?? "",
      seconds: seconds(attributes, "stickiness.app_cookie.duration_seconds", DAY_SECONDS),
    };
  return {
    type: "lb_cookie",
    seconds: seconds(attributes, "stickiness.lb_cookie.duration_seconds", DAY_SECONDS),
  };
}
