import { readFileSync } from "node:fs";
import { join } from "node:path";
import { markdown, COMMENT_LIMITS, code } from "../../src/review/faces/markdown";
import { reviewHtml } from "../../src/review/faces/page";
import { summary } from "../../src/review/faces/summary";
import { judge } from "../../src/review/judge";
import { Plan } from "../../src/review/plan/plan";
import { planSchema } from "../../src/review/plan/schema";
import { reviewJsonSchema, type Review } from "../../src/review/result";
import { rules } from "../../src/review/rules";
import { change, planOf, savedPlan, update, type ChangeJson, type PlanJson } from "../support/plans";

const plain = (_: string, text: string) => text;
const review = (json: PlanJson, name = "dev"): Review => judge([new Plan(name, planSchema.parse(json))]);
const faces = (result: Review): readonly string[] => [
  markdown(result),
  markdown(result, "codecommit"),
  summary(result, plain, true),
  reviewHtml(result, ""),
  JSON.stringify(result),
];

const CANARY = "canary-Tr0ub4dor";

/** A value with a canary in every text. */
const poisoned = (value: unknown): unknown =>
  typeof value === "string"
    ? `${value}${CANARY}`
    : Array.isArray(value)
      ? value.map(poisoned)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poisoned(inner)]))
        : value;

const PLANS = [
  "organization-dev",
  "name-lb-dev",
  "branch-shared",
  "c-policy-widened-dev",
  "c-listener-port-dev",
];

describe("a sensitive value", () => {
  it.each(PLANS)("appears in no face: %s with everything marked as sensitive", (name) => {
    const plan = savedPlan(name);
    const changes = plan.resource_changes.map((one): ChangeJson => {
      const { after, before } = one.change;
      const marks = { before_sensitive: true, after_sensitive: true };
      const both = { before: poisoned(before), after: poisoned(after) } as Pick<
        ChangeJson["change"],
        "before"
      >;
      return { ...one, change: { ...one.change, ...both, ...marks } };
    });
    const outputs = { secret: { actions: ["create"], before: null, after: CANARY, after_sensitive: true } };
    const result = review({ ...plan, resource_changes: changes, output_changes: outputs });
    expect(result.stacks[0]?.changes.length).toBeGreaterThan(0);
    for (const face of faces(result)) expect(face).not.toContain(CANARY);
  });

  it("appears in no face if it is a number, a policy, a CIDR or a task's variable", () => {
    const sensitive = (attribute: string) => ({
      before_sensitive: { [attribute]: true },
      after_sensitive: { [attribute]: true },
    });
    const statement = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: `s3:${CANARY}*`, Resource: "*" }],
    });
    const cidr = "198.51.100.77/32";
    const result = review(
      planOf(
        update("aws_lb_listener", { port: 80 }, { port: 31337 }, sensitive("port")),
        update("aws_ecs_service", { desired_count: 9 }, { desired_count: 4242 }, sensitive("desired_count")),
        update(
          "aws_iam_role_policy",
          { role: "r", policy: "{}" },
          { policy: statement },
          sensitive("policy"),
        ),
        change(
          "aws_vpc_security_group_ingress_rule",
          "create",
          null,
          { security_group_id: "sg", cidr_ipv4: cidr },
          sensitive("cidr_ipv4"),
        ),
        change(
          "aws_route_table",
          "update",
          { route: [{ cidr_block: cidr }] },
          { route: [] },
          sensitive("route"),
        ),
        update(
          "aws_ecs_task_definition",
          { container_definitions: CANARY },
          { container_definitions: `${CANARY}2` },
        ),
        update("aws_codebuild_project", { environment: [{ variable: CANARY }] }, { environment: [] }),
      ),
    );
    for (const face of faces(result))
      expect(face).not.toMatch(new RegExp(`31337|4242|${cidr}|${CANARY}`, "i"));
  });
});

describe("a name with Markdown or HTML", () => {
  const HOSTILE = [
    'aws_lb.x["</details><script>alert(1)</script>"]',
    'aws_lb.x["` **bold** `` @everyone ![x](http://evil)"]',
    'aws_lb.x["a|b\n# heading\n- item"]',
    'aws_lb.x["\u202egnp.exe\u001b[31m"]',
  ];

  it.each(HOSTILE)("is text in a comment, and in a terminal: %j", (address) => {
    const result = review(planOf(change("aws_lb", "delete", { id: "lb" }, null, {}, address)), address);
    const comment = markdown(result);
    // What is left without code is our own.
    const outside = comment.replaceAll(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/script|bold|everyone|evil|heading|item|gnp/);
    // oxlint-disable-next-line no-control-regex
    expect(comment + summary(result, plain, true)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it.each(HOSTILE)("is text in a page: %j", (address) => {
    const result = review(planOf(change("aws_lb", "delete", { id: "lb" }, null, {}, address)), address);
    const page = reviewHtml(result, "");
    // Every element is our own: none has a name or an attribute from the plan.
    expect(page).not.toMatch(/<script|<img|<[^>]*evil|<h1>[^P]/);
    expect(page.match(/<\/details>/g)).toHaveLength(1);
    // oxlint-disable-next-line no-control-regex
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it.each([
    ["a", "`a`"],
    ["`a`", "`` `a` ``"],
    ["a``b", "```a``b```"],
    ["", "`  `"],
  ])("%j is %s as code", (text, expected) => {
    expect(code(text)).toBe(expected);
  });
});

describe("a comment", () => {
  const many = (count: number) =>
    planOf(
      ...Array.from({ length: count }, (_, index) =>
        change(
          ["aws_s3_bucket", "aws_sqs_queue", "aws_eip", "aws_lb"][index % 4] ?? "",
          index % 3 === 0 ? "create" : "delete",
          { id: `${index}` },
          {},
          {},
          `a.b${String(index).padStart(6, "0")}`,
        ),
      ),
    );

  it.each(["github", "codecommit"] as const)(
    "stays within the limit of %s, with all counts and the worst first",
    (host) => {
      for (const count of [0, 1, 60, 150, 3000]) {
        const result = review(many(count));
        const text = markdown(result, host);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMITS[host]);
        expect(text).toContain(`## Plan review: ${count > 1 ? "dangerous" : "safe"}`);
        const changes = result.stacks.flatMap((stack) => stack.changes);
        const counts: Record<string, number> = {};
        for (const { rule, verdict } of changes)
          counts[`${rule} | ${verdict}`] = (counts[`${rule} | ${verdict}`] ?? 0) + 1;
        for (const [row, number] of Object.entries(counts)) expect(text).toContain(`| ${row} | ${number} |`);
        const dangerous = changes.filter(({ verdict }) => verdict === "dangerous");
        const shown = dangerous.slice(0, 1200).filter(({ address }) => text.includes(`\`${address}\``));
        if (count === 3000) {
          expect(text).toContain(`- and ${dangerous.length - shown.length} more`);
          expect(shown).toEqual(dangerous.slice(0, shown.length));
          expect(shown.length).toBeGreaterThan(20);
        } else if (count < 60) expect(shown).toEqual(dangerous);
      }
    },
  );

  it("says that a plan rests on values that are not known yet", () => {
    const result = judge([new Plan("shared", planSchema.parse(planOf()), { stubbed: true })]);
    expect(markdown(result)).toContain(
      "| `shared` (rests on values that are known after another stack is applied) | safe |",
    );
  });

  it.each([
    [false, "This stack was planned on what bootstrap and dev will be. It is planned again, and compared,"],
    [true, "This stack rests on values that are known after bootstrap and dev are applied. Review it again"],
  ])("and a page name the stacks that a plan rests on, stubbed: %s", (stubbed, sentence) => {
    const plan = new Plan("shared", planSchema.parse(planOf()), { stubbed, restsOn: ["bootstrap", "dev"] });
    expect(reviewHtml(judge([plan]), "")).toContain(`<p class="basis">${sentence}`);
  });

  it("and a page say nothing but the verdict of a plan without changes", () => {
    const result = review(planOf());
    expect(markdown(result)).toContain("0 changes in 1 stack: can be applied.");
    expect(reviewHtml(result, "")).toContain("<p>Nothing changes.</p>");
  });

  it("stays within the limit for many stacks with long names", () => {
    const plans = Array.from(
      { length: 500 },
      (_, index) => new Plan(`${"é".repeat(90)}${index}`, planSchema.parse(many(8))),
    );
    expect(Buffer.byteLength(markdown(judge(plans), "codecommit"))).toBeLessThanOrEqual(10_240);
  });
});

describe("the documentation", () => {
  const root = join(__dirname, "..", "..");
  const read = (file: string) => readFileSync(join(root, file), "utf8");

  it("has the schema of the result: run npm run schema", () => {
    expect(read("review.schema.json")).toBe(reviewJsonSchema());
  });

  it("lists every rule, with what it finds and the fact behind it, in the order of severity", () => {
    const rows = rules.map(
      ({ fact, finds, name, see }) => `- **${name}**: ${finds}. ${fact} ([source](${see}))`,
    );
    expect(read("docs/guide/review.md")).toContain(rows.join("\n"));
  });

  it("has a name of its own for every rule", () => {
    const names = rules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
