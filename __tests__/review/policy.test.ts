import { deltaOf, isUnchanged } from "../../src/review/policy/delta";
import { covers } from "../../src/review/policy/pattern";
import { documentOf } from "../../src/review/policy/statement";
import { fc } from "../support/fast-check";

interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: unknown;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

const documentWith = (Statement: readonly unknown[]) => documentOf({ Version: "2012-10-17", Statement });
const delta = (before: readonly unknown[], after: readonly unknown[]) =>
  deltaOf(documentWith(before), documentWith(after));

const ACTIONS = ["s3:GetObject", "s3:PutObject", "S3:ListBucket", "ecr:PutImage", "kms:Decrypt"];
const RESOURCES = ["arn:aws:s3:::a/x", "arn:aws:s3:::b/y", "arn:aws:ecr:eu-west-1:111122223333:repository/r"];
const CONDITIONS: Record<string, Record<string, string[]>>[] = [
  { StringEquals: { "aws:ResourceAccount": ["111122223333", "444455556666"] } },
  { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/a*"] } },
  { Bool: { "aws:SecureTransport": ["true"] } },
  { StringNotEquals: { "aws:PrincipalTag/t": ["a", "b"] } },
];

const some = (values: string[]) => fc.subarray(values, { minLength: 1 });

/** Statements of exact actions and resources. */
const statement: fc.Arbitrary<Statement> = fc
  .record({
    Sid: fc.constantFrom("A", "B", "C"),
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    Action: some(ACTIONS),
    Resource: some(RESOURCES),
    Condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }),
  })
  .map(({ Condition, ...rest }) => ({ ...rest, ...(Condition && { Condition }) }));
const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

const seeded = fc.infiniteStream(fc.nat());
const shuffled = <Value>(values: readonly Value[], numbers: Iterator<number>) =>
  values
    .map((value) => ({ value, order: Number(numbers.next().value) }))
    .sort((one, other) => one.order - other.order)
    .map(({ value }) => value);

/** The same policy, written in another way. */
function rewritten(original: readonly Statement[], numbers: Iterator<number>): unknown[] {
  const split = original.flatMap((one): unknown[] => {
    const choice = Number(numbers.next().value) % 4;
    if (choice === 0) return one.Action.map((Action) => ({ ...one, Action }));
    if (choice === 1) return one.Resource.map((Resource) => ({ ...one, Resource, Sid: "Other" }));
    const action = one.Action.map((name) => name.toUpperCase());
    if (choice === 2) return [{ ...one, Action: shuffled(action, numbers), Sid: undefined }];
    const condition = one.Condition?.StringEquals?.["aws:ResourceAccount"];
    return condition
      ? condition.map((value) => ({ ...one, Condition: { StringEquals: { "AWS:resourceaccount": value } } }))
      : [one];
  });
  // A statement twice is the same.
  return shuffled([...split, ...split.slice(0, 1)], numbers);
}

describe("the comparison of policies", () => {
  it("finds no difference after reordering, splitting, merging and renaming ids", () => {
    fc.assert(
      fc.property(statements, seeded, (original, stream) => {
        const other = rewritten(original, stream[Symbol.iterator]());
        expect(isUnchanged(delta(original, other))).toBe(true);
        expect(isUnchanged(delta(other, original))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("finds a gain after a wildcard takes the place of an action or a resource of an Allow", () => {
    const widen = (values: string[], how: number) => {
      const [one = "", ...rest] = values;
      return [
        how % 3 === 0 ? "*" : how % 3 === 1 ? one.replace(/\w$/, "*") : one.replace(/\w$/, "?"),
        ...rest,
      ];
    };
    fc.assert(
      fc.property(statements, fc.nat(), fc.boolean(), (original, how, action) => {
        const index = original.findIndex(({ Effect }) => Effect === "Allow");
        fc.pre(index >= 0);
        const key = action ? "Action" : "Resource";
        const after = original.map((one, at) =>
          at === index ? { ...one, [key]: widen(one[key], how) } : one,
        );
        expect(delta(original, after).granted.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("finds a gain after a condition of an Allow is dropped, unless the same is allowed without it anyway", () => {
    fc.assert(
      fc.property(statement, fc.array(statement, { maxLength: 3 }), (one, others) => {
        const dropped = { ...one, Effect: "Allow" as const, Condition: undefined };
        const conditioned = { ...dropped, Condition: one.Condition ?? CONDITIONS[0] };
        const rest = others.filter(({ Effect, Condition }) => Effect === "Deny" || Condition !== undefined);
        expect(delta([conditioned, ...rest], [dropped, ...rest]).granted.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("finds a denial that is gone, or that gets a condition", () => {
    fc.assert(
      fc.property(statement, (one) => {
        const deny = { ...one, Effect: "Deny" as const, Condition: undefined };
        expect(delta([deny], []).undenied.length).toBeGreaterThan(0);
        expect(delta([deny], [{ ...deny, Condition: CONDITIONS[2] }]).undenied.length).toBeGreaterThan(0);
        expect(delta([{ ...deny, Condition: CONDITIONS[2] }], [deny]).undenied).toEqual([]);
      }),
    );
  });

  it("does not take a grant to a role for one that its account's root had", () => {
    const to = (AWS: string) => ({
      Effect: "Allow",
      Principal: { AWS },
      Action: "s3:GetObject",
      Resource: "*",
    });
    const [root, role] = [to("111122223333"), to("arn:aws:iam::111122223333:role/r")];
    expect(delta([root], [root, role]).granted).toHaveLength(1);
    expect(delta([root], [to("arn:aws:iam::111122223333:root")]).granted).toEqual([]);
  });

  it("knows that everybody is more under Deny than everybody in AWS, and the same under Allow", () => {
    const with_ = (Effect: string, Principal: unknown) => ({
      Effect,
      Principal,
      Action: "s3:*",
      Resource: "*",
    });
    expect(isUnchanged(delta([with_("Allow", "*")], [with_("Allow", { AWS: "*" })]))).toBe(true);
    expect(delta([with_("Deny", "*")], [with_("Deny", { AWS: "*" })]).undenied).toHaveLength(1);
  });

  it.each([
    ["a*c", "abc", true],
    ["a*c", "a*c", true],
    ["a*", "a*c", true],
    ["a*c", "a*", false],
    ["a?c", "a*c", false],
    ["*a*b", "xaxab", true],
    ["a?", "ab", true],
    ["ab", "a?", false],
    ["*", "", true],
    ["s3:*", "s3:Get*", true],
    ["a.c", "abc", false],
  ])("knows whether %s covers %s: %s", (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });
});
