import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { EmbeddedProject } from "../support/embedded-project";
import { stacksWithChanges } from "../support/deployed";
import { reviewOf, type ChangeJson, type PlanJson } from "../support/plans";
import { plansOf } from "../support/module-plans";
import { recordPlan, RECORDS } from "../support/record-plan";
import { startCanary } from "../support/released";
import { BASE, CHANGES } from "../support/running-changes";
import { configOf, synthApp } from "../support/synth-app";

const DEV = "222222222222";

/** `update services_orders_target-groups_blue: health_check` */
function show({ address, change: { actions, after, before } }: ChangeJson): string {
  const name = (address.split(".")[1] ?? "").replace(/_[0-9A-F]{8}$/, "").replace("_delivery_running", "");
  if (actions.length > 1) return `replace ${name}`;
  if (!before || !after) return `${actions.join("")} ${name}`;
  const attributes = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return `${actions.join("")} ${name}: ${attributes.join(", ")}`;
}

const system = new EmbeddedProject();
let canary: ReturnType<typeof startCanary> | undefined;

const stackOf = (config: object) => {
  const { dev } = synthApp(configOf(stringify(config)));
  if (!dev) throw new Error("the configuration has no stack dev");
  return dev;
};

/** What Terraform would do to the environment, and what the review says of it. */
function reviewed(json: PlanJson) {
  const acts = ({ change: { actions } }: ChangeJson) => !["no-op", "read"].includes(actions.join());
  const { changes, verdict } = reviewOf(json);
  const dangerous = new Set(
    changes.flatMap((change) => (change.verdict === "dangerous" ? change.address : [])),
  );
  const shown = json.resource_changes.filter(acts);
  return {
    lines: shown.map(show).sort(),
    dangerous: shown.filter(({ address }) => dangerous.has(address)).map(show),
    verdict,
  };
}

/** The review of a plan that reads AWS again. It becomes a fixture with `CODESERIES_RECORD_PLANS=1`. */
async function planned(config: object, name: string) {
  const folder = system.file("out", "stacks", name);
  cpSync(system.file("out", "stacks", "dev"), folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stackOf(config)));
  const { fault } = await system.terraform(name, "plan", "-lock=false", "-out=plan", "-no-color");
  if (fault !== "") throw new Error(fault);
  const { out } = await system.terraform(name, "show", "-json", "plan");
  const json = JSON.parse(out) as PlanJson;
  recordPlan(name, json);
  return reviewed(json);
}

/** Rows of the guide's table, by change: what becomes of requests. */
function guide(): Map<string, string> {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "guide", "configure.md"), "utf8");
  const [, section = ""] = text.split(/^##+ (?=What a change does|How a port changes)/m);
  const [, , ...rows] = section.matchAll(/^\| (.+?) +\| (.+?) +\|/gm);
  return new Map(rows.map(([, change = "", requests = ""]) => [change, requests]));
}

/** What takes requests away from a service that has released: its tasks are in green, and a new rule forwards to blue. */
const LOSES =
  /^(delete|replace) .*(_route_production|listener$|tasks_service$|target-groups_|^load-balancer$)|^create services_(orders|reports)_route_production/;
const RISKS = /target-groups_\w+: .*health_check|desired_count|enable_execute_command/;

/** What becomes of requests. */
const fateOf = (plan: readonly string[]): keyof typeof VERDICTS =>
  plan.some((line) => LOSES.test(line))
    ? "lost"
    : plan.some((line) => RISKS.test(line))
      ? "at risk"
      : "served";

/** What a careful engineer says of a plan, by what becomes of requests. */
const VERDICTS = { lost: ["dangerous"], "at risk": ["look", "dangerous"], served: ["safe", "look"] };

/** Changes whose plans are recorded after a rollback too. */
const AFTER_ROLLBACK = ["memory", "second-host", "sixth-host"];

const delivered = (name: string) => ({
  account: DEV,
  cluster: "acme-dev-ecs-main",
  service: `acme-dev-svc-${name}`,
  family: `acme-dev-td-${name}`,
  loadBalancer: "acme-dev-alb-main",
  targetGroups: { blue: `acme-dev-tg-${name}-blue`, green: `acme-dev-tg-${name}-green` },
});

beforeAll(() => {
  system.configure(BASE);
});
afterAll(() => system.end());

const rows = Object.entries(CHANGES);

describe("a running system", () => {
  const NOTHING = { lines: [], dangerous: [], verdict: "safe" };

  it("has an empty and safe plan while one service is in a canary, and another one was rolled back", async () => {
    expect((await system.local().ended).code).toBe(0);
    startCanary(system, delivered("orders")).rollBack();
    canary = startCanary(system, delivered("reports"));
    expect(await planned(BASE, "rolled-back-nothing-dev")).toEqual(NOTHING);
    for (const [, { config, recorded }] of RECORDS ? rows : [])
      if (recorded !== undefined && AFTER_ROLLBACK.includes(recorded))
        await planned(config, `rolled-back-${recorded}-dev`);
  });

  it("has empty and safe plans after releases: neither they nor scaling is drift", async () => {
    canary?.succeed();
    startCanary(system, delivered("orders")).succeed();
    system.aws(DEV, "ecs", "update_service", {
      cluster: "acme-dev-ecs-main",
      service: "acme-dev-svc-reports",
      desiredCount: 5,
    });
    const [dev, shared] = await Promise.all([
      planned(BASE, "released-nothing-dev"),
      stacksWithChanges(system, ["shared"]),
    ]);
    expect([dev, shared]).toEqual([NOTHING, []]);
    // It changes nothing but the state, which then has what the releases did.
    const { fault } = await system.terraform("released-nothing-dev", "apply", "-lock=false", "plan");
    expect(fault).toBe("");
  });

  it("has a word in the guide for each change", () => {
    expect([...guide().keys()].sort()).toEqual(Object.keys(CHANGES).sort());
  });
});

describe("a change of the running system", () => {
  const reviews = new Map<string, ReturnType<typeof reviewed>>();
  beforeAll(async () => {
    const plans = await plansOf(
      system,
      "dev",
      rows.map(([, { config }]) => stackOf(config)),
    );
    for (const [index, plan] of plans.entries()) reviews.set(rows[index]?.[0] ?? "", reviewed(plan));
    for (const [, { config, recorded }] of RECORDS ? rows : [])
      if (recorded !== undefined) await planned(config, `released-${recorded}-dev`);
  });

  it.each(rows)("%s: the plan, the guide's word on it, and the verdict", (change, { admits, more, plan }) => {
    const { dangerous, lines, verdict } = reviews.get(change) ?? {
      dangerous: [],
      lines: [],
      verdict: "none",
    };
    const old = lines.filter((line) => !line.startsWith("create services_billing_"));
    expect(old).toEqual(more ? expect.arrayContaining([...plan]) : [...plan].sort());
    const fate = fateOf(lines);
    expect(guide().get(change)).toBe(fate);
    expect(admits ? ["dangerous"] : VERDICTS[fate]).toContain(verdict);
    expect(dangerous).toEqual(expect.arrayContaining(lines.filter((line) => LOSES.test(line))));
  });
});
