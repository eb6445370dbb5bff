const DEV = "222222222222";

interface Service {
  [key: string]: unknown;
}

const orders = { port: 8080, path: "/orders", host: "shop.example.com", healthCheckPath: "/orders/health" };
const reports = {
  port: 8080,
  path: "/",
  healthCheckPath: "/health",
  scaling: { min: 2, max: 6, cpuPercent: 60 },
};
const NETWORK = { cidr: "10.10.0.0/16", nat: "none", flowLogs: false };

const configuration = (services: Record<string, Service>, ingress: object = {}, network: object = {}) => ({
  organization: "acme",
  region: "eu-central-1",
  state: { bucket: "acme-terraform-state" },
  accounts: { shared: { id: "111111111111" }, dev: { id: DEV } },
  environments: {
    dev: {
      ...{ branch: "main", cluster: "main", network: { ...NETWORK, ...network } },
      ingress: { http: true, ...ingress },
    },
  },
  services,
});

/** Two services: `reports` scales, and gets every request that is not for `orders`. */
export const BASE = configuration({ orders, reports });
const withOrders = (more: Service) => configuration({ orders: { ...orders, ...more }, reports });
const withReports = (more: Service) => configuration({ orders, reports: { ...reports, ...more } });
const withIngress = (ingress: object) => configuration({ orders, reports }, ingress);
const HOSTS = ["a", "b", "c", "d", "e"].map((name) => `${name}.example.com`);
const CERTIFICATE = `arn:aws:acm:eu-central-1:${DEV}:certificate/1234abcd`;
const SIDECAR = { otel: { image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1" } };

const route = (service: string, verb: string, rule = "", attributes = "") =>
  ["production", "test"].map(
    (listener) => `${verb} services_${service}_route_${listener}${rule}${attributes}`,
  );
const groups = (attributes: string) =>
  ["blue", "green"].map((color) => `update services_orders_target-groups_${color}: ${attributes}`);
const PLACEHOLDER = "replace services_orders_tasks_task-definition";

/** A change of the configuration of the running system. */
export interface RunningChange {
  readonly config: object;
  /** What its plan shows, but for what is new of a service that is new. */
  readonly plan: readonly string[];
  /** Whether the plan shows more than that. */
  readonly more?: true;
  /** Whether it is dangerous for who is let in, whatever becomes of requests. */
  readonly admits?: true;
  /** The name of its plan among the fixtures. */
  readonly recorded?: string;
}

/** Every change of the guide's table, by its name there. */
export const CHANGES: Readonly<Record<string, RunningChange>> = {
  "`task.cpu`, `memory`, `variables`, `secrets`": {
    config: withOrders({ task: { cpu: 512, memory: 2048 } }),
    plan: [PLACEHOLDER],
    recorded: "memory",
  },
  "one more sidecar": { config: withOrders({ task: { sidecars: SIDECAR } }), plan: [] },
  "another `port`": { config: withOrders({ port: 8081 }), plan: [PLACEHOLDER] },
  "another `healthCheckPath`, or `healthCheck`": {
    config: withOrders({ healthCheckPath: "/orders/ready", healthCheck: { port: 9000 } }),
    plan: [PLACEHOLDER, ...groups("health_check")],
  },
  "one more `host`, in the service's rule": {
    config: withOrders({ host: ["shop.example.com", "www.example.com"] }),
    plan: route("orders", "update", "", ": condition"),
    recorded: "second-host",
  },
  "more than five hosts and paths: a rule more": {
    config: withOrders({ host: ["shop.example.com", ...HOSTS] }),
    plan: [...route("orders", "create", "-2"), ...route("orders", "update", "", ": condition")],
    recorded: "sixth-host",
  },
  "the service moves to `/` without `host`": {
    config: configuration({
      orders: { ...orders, host: undefined, path: "/" },
      reports: { ...reports, path: "/reports" },
    }),
    plan: [...route("orders", "delete"), ...route("reports", "create")],
  },
  "the service moves away from `/`": {
    config: withReports({ path: "/reports" }),
    plan: route("reports", "create"),
    recorded: "away-from-root",
  },
  "a second service": {
    config: configuration({ orders, reports, billing: { ...orders, path: "/billing", host: undefined } }),
    plan: [
      "update operators_acme-dev-iam-operators_policy: policy",
      "update operators_acme-dev-iam-readers_policy: policy",
    ],
    recorded: "second-service",
  },
  "`names.blueTargetGroup`, `names.greenTargetGroup`": {
    config: { ...BASE, names: { blueTargetGroup: "{service}-{environment}-b" } },
    plan: ["orders", "reports"].flatMap((name) =>
      [
        "target-groups_blue",
        "delivery_release_alarms_blue-errors",
        "delivery_release_alarms_blue-unhealthy",
      ].map((renamed) => `update services_${name}_${renamed}: tags, tags_all`),
    ),
  },
  "the threshold of an alarm": {
    config: withOrders({ deployment: { alarms: { errorPercent: 10 } } }),
    plan: ["blue", "green"].map(
      (color) => `update services_orders_delivery_release_alarms_${color}-errors: threshold`,
    ),
  },
  "`scaling` is added": {
    config: withOrders({ scaling: { min: 2, max: 4, cpuPercent: 50 } }),
    plan: [
      "create services_orders_scaling_cpu",
      "create services_orders_scaling_target",
      "update scaling-pause_machine-role_policy: policy",
      "update scaling-pause_machine: definition",
      "update scaling-pause_rule: event_pattern",
    ],
  },
  "`scaling` is removed": {
    config: withReports({ scaling: undefined }),
    plan: [
      // No other service has scaling to suspend.
      ...[
        "machine",
        "machine-role",
        "machine-role_policy",
        "rule",
        "rule-role",
        "rule-role_policy",
        "target",
      ].map((part) => `delete scaling-pause_${part}`),
      "delete services_reports_scaling_cpu",
      "delete services_reports_scaling_target",
      "update services_reports_tasks_service: desired_count",
    ],
    recorded: "scaling-off",
  },
  "`ingress.certificateArn` is added": {
    config: withIngress({ http: undefined, certificateArn: CERTIFICATE }),
    plan: [
      "create load-balancer_ingress-https",
      "create load-balancer_redirect-listener",
      "update load-balancer_production-listener: certificate_arn, port, protocol, ssl_policy",
      "update load-balancer_test-listener: certificate_arn, protocol, ssl_policy",
    ],
    admits: true,
  },
  "`ingress.internal` is switched on": {
    config: withIngress({ internal: true }),
    plan: ["replace load-balancer"],
    more: true,
  },
  "`drainSeconds`, `stickinessSeconds`, `allowFrom`": {
    config: configuration(
      { orders: { ...orders, drainSeconds: 30, stickinessSeconds: 60 }, reports },
      { allowFrom: ["198.51.100.0/24"] },
    ),
    plan: [
      ...groups("deregistration_delay, stickiness"),
      "create load-balancer_ingress-http-198511000-24",
      "delete load-balancer_ingress-http",
    ],
  },
  "`network`": {
    config: configuration({ orders, reports }, {}, { cidr: "10.20.0.0/16" }),
    plan: ["replace network_new_vpc"],
    more: true,
  },
  "`task.exec`": {
    config: withOrders({ task: { exec: true } }),
    plan: [
      PLACEHOLDER,
      "create services_orders_roles_task-role_policy",
      "update services_orders_tasks_service: enable_execute_command",
    ],
  },
};
