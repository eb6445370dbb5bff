import type { Evidence } from "../../src/access/evidence/documents";
import { nameOf, policiesOf, type Policy } from "../../src/access/evidence/policy";
import type { PolicyStatement } from "../../src/access/evidence/policy-json";
import { prove } from "../../src/access/proof";
import { failuresOf } from "../../src/access/report/advice";
import type { Failure } from "../../src/access/report/failure";
import { systemOf } from "../support/evidence";

const { config, evidence } = systemOf("codeseries.yaml");
const failures = async (of: Evidence) => failuresOf(await prove(config, of));

/** The evidence with other statements in each policy. */
function rewritten(of: Evidence, change: (policy: Policy) => readonly PolicyStatement[]): Evidence {
  const byDocument = new Map(policiesOf(of).map((policy) => [policy.document, policy]));
  const map = (value: unknown): unknown => {
    const policy = byDocument.get(value as Policy["document"]);
    if (policy) return { ...policy.document, Statement: change(policy) };
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one)]));
  };
  return map(of) as Evidence;
}

const without = (sid: string) =>
  rewritten(evidence, ({ document }) => document.Statement.filter(({ Sid }) => Sid !== sid));

/** The evidence once every statement that a failure asks for is where it belongs. */
function mended(broken: Evidence, found: readonly Failure[]): Evidence {
  const add = found.flatMap((failure) => failure.add);
  return rewritten(broken, (policy) => [
    ...policy.document.Statement,
    ...add.filter(({ to }) => to === nameOf(policy)).map(({ statement }) => statement),
  ]);
}

const sids = new Set(
  policiesOf(evidence).flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid ?? "")),
);

describe("the statements that failures ask to add", () => {
  it.each([...sids])("mend a system without %s", async (sid) => {
    const broken = without(sid);
    const found = await failures(broken);
    expect(found).not.toEqual([]);
    expect(await failures(mended(broken, found))).toEqual([]);
  });
});
