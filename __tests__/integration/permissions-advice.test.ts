import type { Policies } from "../../src/permissions";
import { policyList, policyName, type Policy } from "../../src/permissions/read/policies";
import type { PolicyStatement } from "../../src/permissions/read/policy-json";
import type { Failure } from "../../src/permissions/report/failures";
import type * as Memoized from "../support/memoized-simulator";
import { failuresOf, provableSystem } from "../support/proof";

jest.mock("@cloud-copilot/iam-simulate", () =>
  jest.requireActual<typeof Memoized>("../support/memoized-simulator").memoizedSimulator(),
);

const { policies, system } = provableSystem("codeseries.yaml");
const failures = (of: Policies) => failuresOf(system, of);

/** The policies with other statements in each policy. */
function rewritten(of: Policies, change: (policy: Policy) => readonly PolicyStatement[]): Policies {
  const byDocument = new Map(policyList(of).map((policy) => [policy.document, policy]));
  const map = (value: unknown): unknown => {
    const policy = byDocument.get(value as Policy["document"]);
    if (policy) return { ...policy.document, Statement: change(policy) };
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one)]));
  };
  return map(of) as Policies;
}

const without = (sid: string) =>
  rewritten(policies, ({ document }) => document.Statement.filter(({ Sid }) => Sid !== sid));

/** The policies once every statement that a failure asks for is where it belongs. */
function mended(broken: Policies, found: readonly Failure[]): Policies {
  const add = found.flatMap((failure) => failure.add);
  return rewritten(broken, (policy) => [
    ...policy.document.Statement,
    ...add.filter(({ to }) => to === policyName(policy)).map(({ statement }) => statement),
  ]);
}

const sids = new Set(
  policyList(policies).flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid ?? "")),
);

describe("the statements that failures ask to add", () => {
  it.each([...sids])("mend a system without %s", async (sid) => {
    const broken = without(sid);
    const found = await failures(broken);
    expect(found).not.toEqual([]);
    expect(await failures(mended(broken, found))).toEqual([]);
  });
});
