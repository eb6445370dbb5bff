import { runSimulation } from "@cloud-copilot/iam-simulate";
import { deltaOf } from "../../src/review/policy/delta";
import { documentOf } from "../../src/review/policy/statement";
import { fc } from "../support/fast-check";

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*", "s3:GetObjectVersion", "s3:GetObject*"];
const RESOURCES = ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "arn:aws:s3:::*", "*", "arn:aws:s3:::b/?"];
const CONDITIONS = [
  { StringEquals: { "aws:ResourceAccount": "111122223333" } },
  { StringEquals: { "aws:ResourceAccount": ["111122223333", "444455556666"] } },
  { StringNotEquals: { "aws:ResourceAccount": "111122223333" } },
  { StringNotEquals: { "aws:ResourceAccount": ["111122223333", "444455556666"] } },
  { Bool: { "aws:SecureTransport": "false" } },
  { StringLike: { "aws:PrincipalTag/t": "a*" } },
  { StringLike: { "aws:PrincipalTag/t": ["ab", "c*"] } },
  { StringEquals: { "aws:PrincipalTag/t": "ab" } },
  { StringEqualsIfExists: { "aws:PrincipalTag/t": "ab" } },
];

const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    Action: fc.subarray(ACTIONS, { minLength: 1, maxLength: 3 }),
    Resource: fc.subarray(RESOURCES, { minLength: 1, maxLength: 2 }),
    Condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }),
  })
  .map(({ Condition, ...rest }) => ({ ...rest, ...(Condition && { Condition }) }));

/** A document, and one that replaces some of its statements, or all. */
const pair = fc
  .array(fc.tuple(statement, statement, fc.boolean()), { minLength: 1, maxLength: 2 })
  .map((some) => ({
    before: some.map(([one]) => one),
    after: some.map(([one, other, keep]) => (keep ? one : other)),
  }));

const CONTEXTS: Record<string, string>[] = [
  { "aws:ResourceAccount": "111122223333", "aws:SecureTransport": "true", "aws:PrincipalTag/t": "ab" },
  { "aws:ResourceAccount": "444455556666", "aws:SecureTransport": "false", "aws:PrincipalTag/t": "cd" },
  { "aws:ResourceAccount": "444455556666", "aws:SecureTransport": "true" },
];
const REQUESTS = ["s3:GetObject", "s3:PutObject", "s3:GetObjectVersion"].flatMap((action) =>
  ["arn:aws:s3:::b/x", "arn:aws:s3:::b/yy", "arn:aws:s3:::c/x"].flatMap((resource) =>
    CONTEXTS.map((contextVariables) => ({ action, resource, contextVariables })),
  ),
);

/** Which of the requests AWS allows under a document, says the simulator. */
async function allowed(Statement: readonly unknown[]): Promise<boolean[]> {
  const policy = { Version: "2012-10-17", Statement };
  const answers = REQUESTS.map(async ({ action, contextVariables, resource }) => {
    const principal = "arn:aws:iam::111122223333:role/r";
    const simulation = {
      request: { principal, action, resource: { resource, accountId: "111122223333" }, contextVariables },
      identityPolicies: [{ name: "p", policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    };
    const outcome = await runSimulation(simulation, {});
    if (outcome.resultType !== "single") throw new Error(JSON.stringify(outcome));
    return outcome.result.analysis.result === "Allowed";
  });
  return Promise.all(answers);
}

describe("the comparison of policies, with an IAM simulator as the judge", () => {
  it("reports every right that is gained", async () => {
    const counts = { pairs: 0, silent: 0 };
    await fc.assert(
      fc.asyncProperty(pair, async ({ after, before }) => {
        const { granted, undenied } = deltaOf(
          documentOf({ Version: "2012-10-17", Statement: before }),
          documentOf({ Version: "2012-10-17", Statement: after }),
        );
        counts.pairs += 1;
        if (granted.length + undenied.length > 0) return;
        counts.silent += 1;
        const old = await allowed(before);
        const next = await allowed(after);
        expect(next.filter((yes, index) => yes && !old[index])).toEqual([]);
      }),
      { numRuns: 300 },
    );
    // A comparison that reports everything would prove nothing.
    expect(counts.silent).toBeGreaterThan(counts.pairs / 10);
  });
});
