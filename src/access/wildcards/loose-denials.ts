import type { Policy } from "../evidence/policy";
import { listOf, type PolicyStatement } from "../evidence/policy-json";
import type { Grant } from "../grants";
import type { Proof } from "../proof";

/** A denying statement, and that of the same id which must be in its place, if there is one. */
export interface LooseDenial extends Grant {
  readonly expected?: PolicyStatement;
}

/**
 * Every denying statement that is not exactly one by which something must be refused: as with wildcards,
 * no call can prove that it lets nothing through.
 */
export function looseDenials({ policies, sections }: Proof): LooseDenial[] {
  const expected = new Map<Policy, Map<string, PolicyStatement>>();
  for (const { calls, row } of sections.flatMap(({ denials }) => denials))
    for (const { decision } of calls) {
      const { resource } = decision.applicable;
      if (!row.refusedBy || !resource) continue;
      const statements = expected.get(resource) ?? new Map<string, PolicyStatement>();
      expected.set(resource, statements.set(canonical(row.refusedBy), row.refusedBy));
    }
  return policies.flatMap((policy) => {
    const known = expected.get(policy) ?? new Map<string, PolicyStatement>();
    return policy.document.Statement.flatMap((statement, index) =>
      statement.Effect !== "Deny" || known.has(canonical(statement))
        ? []
        : [
            {
              policy,
              index,
              statement,
              expected: [...known.values()].find(({ Sid }) => Sid === statement.Sid),
            },
          ],
    );
  });
}

/** A statement without its id, the same text however its values are ordered, or stand alone. */
const canonical = ({ Action, Condition, Principal, Resource, ...others }: PolicyStatement) =>
  JSON.stringify(
    inOrder({
      ...others,
      Sid: undefined,
      Action: [...listOf(Action)].sort(),
      Resource: [...listOf(Resource)].sort(),
      Principal: typeof Principal === "string" ? { AWS: [Principal] } : mapped(Principal),
      Condition: Object.fromEntries(
        Object.entries(Condition ?? {}).map(([operator, keys]) => [operator, mapped(keys)]),
      ),
    }),
  );

const mapped = (values: Readonly<Record<string, string | readonly string[]>> = {}) =>
  Object.fromEntries(Object.entries(values).map(([key, one]) => [key, [...listOf(one)].sort()]));

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)]));
}
