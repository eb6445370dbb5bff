import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { EmbeddedProject } from "../support/embedded-project";
import { stacksWithChanges } from "../support/deployed";
import { release } from "../support/released";
import { configOf, synthApp } from "../support/synth-app";

const DEV = "222222222222";

interface Service {
  [key: string]: unknown;
}

const orders = { port: 8080, path: "/orders", host: "shop.example.com", healthCheckPath: "/orders/health" };
const reports = {
  port: 8080,
  path: "/reports",
  healthCheckPath: "/health",
  scaling: { min: 2, max: 6, cpuPercent: 60 },
};
const NETWORK = { cidr: "10.10.0.0/16", nat: "none", flowLogs: false };

/** Two services that have released, one of them scaled. */
const configuration = (services: Record<string, Service>, ingress: object = { http: true }) => ({
  organization: "acme",
  region: "eu-central-1",
  state: { bucket: "acme-terraform-state" },
  accounts: { shared: { id: "111111111111" }, dev: { id: DEV } },
  environments: { dev: { branch: "main", cluster: "main", network: NETWORK, ingress } },
  services,
});
const BASE = configuration({ orders, reports });
const withOrders = (more: Service) => configuration({ orders: { ...orders, ...more }, reports });
const HOSTS = ["a", "b", "c", "d", "e"].map((name) => `${name}.example.com`);
const CERTIFICATE = `arn:aws:acm:eu-central-1:${DEV}:certificate/1234abcd`;

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

/** `update services_orders_target-groups_blue: health_check` */
function show({ address, change: { actions, after, before } }: Change): string {
  const name = (address.split(".")[1] ?? "").replace(/_[0-9A-F]{8}$/, "").replace("_delivery_running", "");
  if (actions.length > 1) return `replace ${name}`;
  if (!before || !after) return `${actions.join("")} ${name}`;
  const attributes = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return `${actions.join("")} ${name}: ${attributes.join(", ")}`;
}

const system = new EmbeddedProject();

/** What Terraform would do to the environment, without doing it. */
async function planned(config: object, index: number): Promise<string[]> {
  const stack = `dev-${index}`;
  const folder = system.file("out", "stacks", stack);
  cpSync(system.file("out", "stacks", "dev"), folder, { recursive: true });
  const { dev } = synthApp(configOf(stringify(config)));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(dev));
  const plan = await system.terraform(stack, "plan", "-lock=false", "-out=plan", "-no-color");
  if (plan.code !== 0) throw new Error(plan.out + plan.err);
  const { out } = await system.terraform(stack, "show", "-json", "plan");
  const { resource_changes: changes } = JSON.parse(out) as { resource_changes: Change[] };
  const acts = ({ change: { actions } }: Change) => !["no-op", "read"].includes(actions.join());
  return changes.filter(acts).map(show).sort();
}

const route = (rule: string, verb: string, attributes = "") =>
  ["production", "test"].map((listener) => `${verb} services_orders_route_${listener}${rule}${attributes}`);
const PLACEHOLDER = "replace services_orders_tasks_task-definition";
const SIDECAR = { otel: { image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1" } };

/** By the name of the change in the guide: the changed configuration, and what its plan shows. */
const CHANGES: Readonly<Record<string, readonly [config: object, plan: readonly string[]]>> = {
  "another `port`": [withOrders({ port: 8081 }), [PLACEHOLDER]],
  "another `healthCheckPath`": [
    withOrders({ healthCheckPath: "/orders/ready" }),
    [
      PLACEHOLDER,
      "update services_orders_target-groups_blue: health_check",
      "update services_orders_target-groups_green: health_check",
    ],
  ],
  "one more `host`, in the service's rule": [
    withOrders({ host: ["shop.example.com", "www.example.com"] }),
    route("", "update", ": condition"),
  ],
  "more than five hosts and paths: a rule more": [
    withOrders({ host: ["shop.example.com", ...HOSTS] }),
    [...route("-2", "create"), ...route("", "update", ": condition")],
  ],
  "the service moves to `/` without `host`": [
    withOrders({ host: undefined, path: "/" }),
    route("", "delete"),
  ],
  "`names.blueTargetGroup`, `names.greenTargetGroup`": [
    { ...BASE, names: { blueTargetGroup: "{service}-{environment}-b" } },
    ["orders", "reports"].flatMap((name) =>
      [
        "target-groups_blue",
        "delivery_release_alarms_blue-errors",
        "delivery_release_alarms_blue-unhealthy",
      ].map((renamed) => `update services_${name}_${renamed}: tags, tags_all`),
    ),
  ],
  "one more sidecar": [withOrders({ task: { sidecars: SIDECAR } }), []],
  "the threshold of an alarm": [
    withOrders({ deployment: { alarms: { errorPercent: 10 } } }),
    ["blue", "green"].map(
      (color) => `update services_orders_delivery_release_alarms_${color}-errors: threshold`,
    ),
  ],
  "`scaling` is added": [
    withOrders({ scaling: { min: 2, max: 4, cpuPercent: 50 } }),
    [
      "create services_orders_scaling_cpu",
      "create services_orders_scaling_target",
      "update scaling-pause_machine-role_policy: policy",
      "update scaling-pause_machine: definition",
      "update scaling-pause_rule: event_pattern",
    ],
  ],
  "`scaling` is removed": [
    configuration({ orders, reports: { ...reports, scaling: undefined } }),
    [
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
  ],
  "`ingress.certificateArn` is added": [
    configuration({ orders, reports }, { certificateArn: CERTIFICATE }),
    [
      "create load-balancer_ingress-https",
      "create load-balancer_redirect-listener",
      "update load-balancer_production-listener: certificate_arn, port, protocol, ssl_policy",
      "update load-balancer_test-listener: certificate_arn, protocol, ssl_policy",
    ],
  ],
};

/** Rows of the guide's table, by change: what becomes of requests. */
function guide(): Map<string, string> {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "guide", "configure.md"), "utf8");
  const [, section = ""] = text.split("## What a change does to a running service");
  const rows = [...section.matchAll(/^\| (.+?) +\| (.+?) +\|/gm)];
  return new Map(rows.map(([, change = "", requests = ""]) => [change, requests]));
}

/** What a plan does to requests of a service that has released: its tasks are in green. */
function requests(plan: readonly string[]): string {
  const some = (pattern: RegExp) => plan.some((line) => pattern.test(line));
  if (some(/^(delete|replace) .*(_route_production|listener$|tasks_service$|target-groups_|^load-balancer$)/))
    return "lost";
  // A new rule forwards to blue.
  if (some(/^create services_(orders|reports)_route_production/)) return "lost";
  if (some(/target-groups_\w+: .*health_check/)) return "at risk";
  return some(/desired_count/) ? "at risk" : "served";
}

beforeAll(() => {
  system.configure(BASE);
});
afterAll(() => system.end());

describe("a system that has released once", () => {
  it("has empty plans: neither a release nor scaling is drift", async () => {
    expect((await system.local().ended).code).toBe(0);
    for (const name of ["orders", "reports"])
      release(system, {
        account: DEV,
        cluster: "acme-dev-ecs-main",
        service: `acme-dev-svc-${name}`,
        family: `acme-dev-td-${name}`,
        loadBalancer: "acme-dev-alb-main",
        targetGroups: { blue: `acme-dev-tg-${name}-blue`, green: `acme-dev-tg-${name}-green` },
      });
    system.aws(DEV, "ecs", "update_service", {
      cluster: "acme-dev-ecs-main",
      service: "acme-dev-svc-reports",
      desiredCount: 5,
    });
    expect(await stacksWithChanges(system, ["dev", "shared"])).toEqual([]);
  });

  it.each(Object.entries(CHANGES))(
    "%s: the plan, and the guide's word on it",
    async (name, [config, plan]) => {
      const lines = await planned(config, Object.keys(CHANGES).indexOf(name));
      expect(lines).toEqual([...plan].sort());
      expect(guide().get(name)).toBe(requests(lines));
    },
  );

  it("loses its load balancer when that becomes internal, as the guide says", async () => {
    const lines = await planned(configuration({ orders, reports }, { http: true, internal: true }), 98);
    expect(lines).toContain("replace load-balancer");
    expect(guide().get("`ingress.internal` is switched on")).toBe(requests(lines));
  });

  it("gets a second service as new resources only, but for what readers and operators may do", async () => {
    const billing = { ...orders, path: "/billing", host: undefined };
    const lines = await planned(configuration({ orders, reports, billing }), 99);
    expect(lines.filter((line) => !line.startsWith("create services_billing_"))).toEqual([
      "update operators_acme-dev-iam-operators_policy: policy",
      "update operators_acme-dev-iam-readers_policy: policy",
    ]);
    expect(guide().get("a second service")).toBe("served");
  });
});
