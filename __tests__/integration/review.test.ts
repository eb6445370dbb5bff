import { Plan } from "../../src/review/plan/plan";
import { planSchema } from "../../src/review/plan/schema";
import { markdown } from "../../src/review/faces/markdown";
import { judge } from "../../src/review/judge";
import { reviewPlans } from "../../src/review";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { change, judged, planOf, savedPlan, type ChangeJson } from "../support/plans";
import { configFile, synthApp } from "../support/synth-app";
import { temporaryFolder } from "../support/temporary-folder";

/** What rules say that know nothing about a type. */
const DEFAULTS = ["unknown-type"];

describe("the rules of the review", () => {
  const stacks = Object.values(synthApp(configFile("__tests__/fixtures/three-environments.yaml")));
  const types = [...new Set(stacks.flatMap(({ resource = {} }) => Object.keys(resource)))].sort();
  const values = { id: "one", name: "one", arn: "arn:aws:x:eu-west-1:111122223333:one" };

  it("know every type of resource of codeseries, whatever happens to it", () => {
    expect(types.length).toBeGreaterThan(40);
    const rules = types.flatMap((type) => [
      [type, "create", judged(planOf(change(type, "create", null, values)), `${type}.one`).rule],
      [type, "delete", judged(planOf(change(type, "delete", values, null)), `${type}.one`).rule],
      [type, "replace", judged(planOf(change(type, "replace", values, values)), `${type}.one`).rule],
      [
        type,
        "update",
        judged(planOf(change(type, "update", values, { ...values, x: 1 })), `${type}.one`).rule,
      ],
    ]);
    expect(rules.filter(([, , rule]) => DEFAULTS.includes(rule ?? ""))).toEqual([]);
  });

  it("call the destroy of no type of codeseries safe, but that of a revision which AWS keeps", () => {
    const safe = types.filter(
      (type) => judged(planOf(change(type, "delete", values, null)), `${type}.one`).verdict === "safe",
    );
    // A rule of a group, and a policy, are safe without what they let through.
    expect(safe.filter((type) => !/security_group_(in|e)gress_rule|_policy$/.test(type))).toEqual([]);
  });
});

describe("the first plan of a system", () => {
  const TOKEN = /\$\{[^}]*\}/g;
  /** As Terraform knows it before anything exists: references are not known, policies with computed ARNs are. */
  const planned = (values: Record<string, unknown>) => {
    const isUnknown = (value: unknown) => /^"?\$\{/.test(JSON.stringify([value]).slice(1));
    const keys = Object.keys(values).filter((key) => !isUnknown(values[key]));
    const known = JSON.parse(
      JSON.stringify(Object.fromEntries(keys.map((key) => [key, values[key]]))).replaceAll(TOKEN, "token"),
    ) as Record<string, unknown>;
    const unknown = Object.keys(values).filter((key) => isUnknown(values[key]));
    return {
      known,
      marks: { id: true, arn: true, ...Object.fromEntries(unknown.map((key) => [key, true])) },
    };
  };

  it("is dangerous in no stack", () => {
    const found = Object.values(synthApp(configFile("__tests__/fixtures/three-environments.yaml"))).map(
      ({ resource = {} }) => {
        const changes = Object.entries(resource).flatMap(([type, named]) =>
          Object.entries(named as Record<string, Record<string, unknown>>).map(([name, values]) => {
            const { known, marks } = planned(values);
            return change(type, "create", null, known, { after_unknown: marks }, `${type}.${name}`);
          }),
        );
        return judge([new Plan("dev", planSchema.parse(planOf(...changes)))]).stacks.flatMap(
          (stack) => stack.changes,
        );
      },
    );
    expect(found.flat().length).toBeGreaterThan(100);
    expect(found.flat().filter(({ verdict }) => verdict === "dangerous")).toEqual([]);
    const look = found.flat().filter(({ verdict }) => verdict === "look");
    expect(look.length).toBeLessThan(found.flat().length / 4);
  });
});

/** CPU time, because other tests run side by side. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { system, user } = process.cpuUsage(start);
  return (system + user) / 1_000_000;
}

describe("a plan with 5,000 changes", () => {
  const folder = temporaryFolder();

  it("is reviewed in under 10 seconds and 500 MB, within the limits of comments", () => {
    const parts = ["organization-dev", "branch-shared", "name-lb-dev"].flatMap(
      (name) => savedPlan(name).resource_changes,
    );
    const changes = Array.from({ length: 5000 }, (_, index): ChangeJson => {
      const part = parts[index % parts.length] as ChangeJson;
      // Each copy has identities of its own, as in a plan of many services.
      const copy = JSON.stringify(part).replaceAll("bys-", `b${Math.floor(index / parts.length)}-`);
      return { ...(JSON.parse(copy) as ChangeJson), address: `${part.address}[${index}]` };
    });
    const file = join(folder.path, "plan.json");
    writeFileSync(file, JSON.stringify(planOf(...changes)));
    const before = process.memoryUsage().heapUsed;
    const start = process.cpuUsage();
    const review = reviewPlans([{ name: "dev", file }]);
    const comments = [markdown(review), markdown(review, "codecommit")];
    expect(secondsSince(start)).toBeLessThan(10);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(500_000_000);
    expect(review.stacks[0]?.changes).toHaveLength(5000);
    expect(comments.map((text) => Buffer.byteLength(text) <= 65_536)).toEqual([true, true]);
    expect(Buffer.byteLength(comments[1] ?? "")).toBeLessThanOrEqual(10_240);
  });

  it("is reviewed in under 10 seconds if all rules and policies belong to one group and one role", () => {
    const rule = (index: number) => ({
      ...{ security_group_id: "sg-1", ip_protocol: "tcp", from_port: index, to_port: index },
      cidr_ipv4: "10.0.0.0/8",
    });
    const statement = (index: number) =>
      JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::b/${index}` }],
      });
    const changes = Array.from({ length: 2500 }, (_, index) => [
      change(
        "aws_vpc_security_group_ingress_rule",
        "update",
        rule(index),
        rule(index + 1),
        {},
        `rule[${index}]`,
      ),
      change(
        "aws_iam_role_policy",
        "update",
        { role: "r", policy: statement(index) },
        { role: "r", policy: statement(index + 1) },
        {},
        `policy[${index}]`,
      ),
    ]).flat();
    const start = process.cpuUsage();
    const review = judge([new Plan("dev", planSchema.parse(planOf(...changes)))]);
    expect(secondsSince(start)).toBeLessThan(10);
    expect(review.stacks[0]?.changes).toHaveLength(5000);
  });
});
