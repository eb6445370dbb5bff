import { change, edited, planOf, update, type PlanJson } from "../../support/plans";
import type { LabelledPlan } from "./labelled-plan";

type Values = Record<string, unknown>;
const first = (values: Values | null, key: string) => ((values ?? {})[key] as Values[])[0] as Values;
const service = {
  deployment_controller: [{ type: "CODE_DEPLOY" }],
  desired_count: 2,
  enable_execute_command: false,
};
const group = (name: string) => [
  { type: "forward", target_group_arn: `arn:aws:elasticloadbalancing:::${name}` },
];
const opening = (values: Values) => ({
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  ...values,
});
const ingress = "aws_vpc_security_group_ingress_rule";
/** A group whose attribute shows what a rule of its own lets through. */
const reported = {
  id: "sg-1",
  ingress: [
    { cidr_blocks: ["0.0.0.0/0"], protocol: "tcp", from_port: 443, to_port: 443, security_groups: [] },
  ],
};

const arnOf = (name: string) => `arn:aws:elasticloadbalancing:::${name}`;
const groupOf = (name: string, action: "create" | "no-op") => {
  const values = { name, arn: arnOf(name) };
  const exists = action === "no-op" ? values : null;
  return change("aws_lb_target_group", action, exists, values, {}, `aws_lb_target_group.${name}`);
};
const newRule = (name: string, listener = "production") =>
  change("aws_lb_listener_rule", "create", null, { listener_arn: listener, action: group(name) });
/** Green has the tasks and the requests; blue has a weight of 0 in the old rule. */
const both = [
  { arn: arnOf("green"), weight: 100 },
  { arn: arnOf("blue"), weight: 0 },
];
const weighted = { action: [{ type: "forward", forward: [{ target_group: both }] }] };
const groups = [groupOf("blue", "no-op"), groupOf("green", "no-op")];
const serviceIn = (name: string) =>
  change("aws_ecs_service", "no-op", { load_balancer: [{ target_group_arn: arnOf(name) }] }, null);
const released = [
  ...groups,
  change("aws_lb_listener_rule", "no-op", weighted, weighted, {}, "aws_lb_listener_rule.old"),
  serviceIn("green"),
];
const atTheRoot = { default_action: weighted.action };
/** As the provider reads a rule that forwards to two groups, if the configuration names one. */
const unread = { action: [{ type: "forward", forward: [], target_group_arn: "" }] };
const tested = [
  {
    prod_traffic_route: [{ listener_arns: ["production"] }],
    test_traffic_route: [{ listener_arns: ["test"] }],
  },
];
/** The release is taken back: blue has the tasks and the requests. */
const rolledBack = [
  ...groups,
  change("aws_lb_listener_rule", "no-op", unread, unread, {}, "aws_lb_listener_rule.old"),
  serviceIn("blue"),
  change(
    "aws_codedeploy_deployment_group",
    "no-op",
    { load_balancer_info: [{ target_group_pair_info: tested }] },
    null,
  ),
];

/** A target group `orders-blue` in a module, which gets other tags, and its name in the configuration. */
const renamed = (configured: string): PlanJson => {
  const address = "aws_lb_target_group.blue";
  const before = { name: "orders-blue", tags: { Name: "orders-blue" } };
  const after = { ...before, tags: { Name: configured } };
  const resource = { address, expressions: { name: { constant_value: configured } } };
  return {
    ...planOf(change("aws_lb_target_group", "update", before, after, {}, `module.orders.${address}`)),
    configuration: { root_module: { module_calls: { orders: { module: { resources: [resource] } } } } },
  };
};

/** Changes of traffic and network: each dangerous one with what looks like it and is not. */
export const TRAFFIC: readonly LabelledPlan[] = [
  [
    "dangerous",
    "a service that ECS refuses to update",
    planOf(update("aws_ecs_service", service, { enable_execute_command: true })),
  ],
  [
    "look",
    "the same change of a service without CodeDeploy",
    planOf(
      update("aws_ecs_service", { ...service, deployment_controller: [] }, { enable_execute_command: true }),
    ),
  ],
  [
    "dangerous",
    "no task left",
    edited("desired-count-dev", "aws_ecs_service.", ({ after }) =>
      Object.assign(after ?? {}, { desired_count: 0 }),
    ),
  ],
  ["safe", "one task more", planOf(update("aws_ecs_service", service, { desired_count: 3 }))],
  ["look", "one task less", planOf(update("aws_ecs_service", service, { desired_count: 1 }))],
  [
    "dangerous",
    "CodeDeploy's target group and task definition set back",
    planOf(
      update("aws_ecs_service", service, {
        load_balancer: [{ target_group_arn: "blue" }],
        task_definition: "td:1",
      }),
    ),
  ],
  [
    "dangerous",
    "a rule that is set back to the first group",
    planOf(update("aws_lb_listener_rule", { action: group("green") }, { action: group("blue") })),
  ],
  [
    "look",
    "a health check of another path, which the running version must answer",
    planOf(
      update(
        "aws_lb_target_group",
        { health_check: [{ path: "/" }] },
        { health_check: [{ path: "/health" }] },
      ),
    ),
  ],
  [
    "dangerous",
    "a new rule to the group that the last release has emptied",
    planOf(newRule("blue"), ...released),
  ],
  ["safe", "a new rule to the group that is live", planOf(newRule("green"), ...released)],
  [
    "dangerous",
    "the first rule of a service that a listener's default action has sent to its other group",
    planOf(
      newRule("blue"),
      ...groups,
      change("aws_lb_listener", "no-op", atTheRoot, atTheRoot),
      serviceIn("green"),
    ),
  ],
  ["safe", "a new rule to the first group after a rollback", planOf(newRule("blue"), ...rolledBack)],
  [
    "look",
    "a new rule of the test listener after a rollback, to the group that the next release fills",
    planOf(newRule("green", "test"), ...rolledBack),
  ],
  [
    "dangerous",
    "a new rule of the production listener after a rollback, to the group that is empty",
    planOf(newRule("green"), ...rolledBack),
  ],
  ["safe", "the first rule to a group that is new too", planOf(newRule("blue"), groupOf("blue", "create"))],
  [
    "safe",
    "a new rule to a group whose targets are registered without a service",
    planOf(
      newRule("blue"),
      groupOf("blue", "no-op"),
      change("aws_lb_target_group_attachment", "no-op", { target_group_arn: arnOf("blue") }, null),
    ),
  ],
  [
    "look",
    "another redirect",
    planOf(
      update(
        "aws_lb_listener_rule",
        { action: [{ type: "redirect", redirect: [{ port: "80" }] }] },
        { action: [{ type: "redirect", redirect: [{ port: "443" }] }] },
      ),
    ),
  ],
  [
    "dangerous",
    "a rule that no longer matches a path",
    planOf(
      update(
        "aws_lb_listener_rule",
        { condition: [{ path_pattern: [{ values: ["/a", "/b"] }] }] },
        { condition: [{ path_pattern: [{ values: ["/a"] }] }] },
      ),
    ),
  ],
  [
    "look",
    "a rule that matches one more path",
    planOf(
      update(
        "aws_lb_listener_rule",
        { condition: [{ path_pattern: [{ values: ["/a"] }] }] },
        { condition: [{ path_pattern: [{ values: ["/a", "/b"] }] }] },
      ),
    ),
  ],
  [
    "safe",
    "a listener with another tag",
    edited("c-listener-port-dev", "aws_lb_listener.", (one) =>
      Object.assign(one, { after: { ...one.before, tags: { Name: "x" } } }),
    ),
  ],
  [
    "look",
    "a listener that leaves its port to a redirect",
    planOf(
      update(
        "aws_lb_listener",
        { load_balancer_arn: "lb", port: 80, protocol: "HTTP" },
        { port: 443, protocol: "HTTPS" },
      ),
      change(
        "aws_lb_listener",
        "create",
        null,
        { load_balancer_arn: "lb", port: 80, default_action: [{ type: "redirect" }] },
        {},
        "aws_lb_listener.two",
      ),
    ),
  ],
  [
    "look",
    "a redirect that goes",
    planOf(change("aws_lb_listener", "delete", { default_action: [{ type: "redirect" }] }, null)),
  ],
  ["dangerous", "a load balancer that goes", planOf(change("aws_lb", "delete", { id: "lb" }, null))],
  ["look", "a load balancer that Terraform forgets", planOf(change("aws_lb", "forget", { id: "lb" }, null))],
  [
    "dangerous",
    "a rule for everybody on a group that exists",
    planOf(change(ingress, "create", null, opening({ cidr_ipv4: "0.0.0.0/0" }))),
  ],
  [
    "look",
    "a narrower rule in the place of one that the group's own attribute shows too, as AWS reports it",
    planOf(
      change("aws_security_group", "no-op", reported, reported),
      change(ingress, "create", null, opening({ cidr_ipv4: "198.51.100.0/24" })),
      change(ingress, "delete", opening({ cidr_ipv4: "0.0.0.0/0" }), null, {}, `${ingress}.old`),
    ),
  ],
  [
    "dangerous",
    "the end of such a rule",
    planOf(
      change("aws_security_group", "no-op", reported, reported),
      change(ingress, "delete", opening({ cidr_ipv4: "0.0.0.0/0" }), null),
    ),
  ],
  [
    "safe",
    "a rule that takes the place of a wider one",
    planOf(
      change(ingress, "create", null, opening({ cidr_ipv4: "10.0.0.0/16" })),
      change(
        ingress,
        "no-op",
        opening({ cidr_ipv4: "10.0.0.0/8" }),
        opening({ cidr_ipv4: "10.0.0.0/8" }),
        {},
        `${ingress}.two`,
      ),
    ),
  ],
  [
    "look",
    "a rule for everybody on a new group",
    planOf(
      change(
        ingress,
        "create",
        null,
        { ...opening({ cidr_ipv4: "0.0.0.0/0" }), security_group_id: undefined },
        { after_unknown: { security_group_id: true } },
      ),
    ),
  ],
  [
    "dangerous",
    "one more port",
    planOf(update(ingress, opening({ cidr_ipv4: "10.0.0.0/8" }), { to_port: 444 })),
  ],
  [
    "look",
    "fewer addresses",
    planOf(update(ingress, opening({ cidr_ipv4: "10.0.0.0/8" }), { cidr_ipv4: "10.0.0.0/16" })),
  ],
  [
    "dangerous",
    "tasks cut off from their load balancer",
    planOf(change(ingress, "delete", opening({ referenced_security_group_id: "sg-2" }), null)),
  ],
  [
    "look",
    "a replaced group that nothing uses",
    planOf(change("aws_security_group", "replace", { id: "sg-1" }, {})),
  ],
  [
    "look",
    "a route that moves to another gateway",
    edited("nat-none-dev", "private-routes-0", (one) => {
      one.after = { ...one.before, route: [{ ...first(one.before, "route"), nat_gateway_id: "nat-2" }] };
    }),
  ],
  ["look", "a new name of a target group, which is ignored", renamed("orders-b")],
  ["safe", "other tags of a target group that keeps its name", renamed("orders-blue")],
];
