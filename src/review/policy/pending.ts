import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { expressionsOf } from "../plan/expressions";
import { at, blocksOf, isEmpty, listOf, textsOf, type Values } from "../plan/values";
import { documentOf, type Document } from "./statement";

/**
 * The document of a policy whose new text is not known yet, because it comes from a data source that
 * Terraform reads at apply. The data source's arguments are in the plan, so it can be built again.
 *
 * @returns undefined if anything in it is unknown too, or comes from elsewhere.
 * @see https://github.com/hashicorp/terraform/issues/27282
 */
export function pendingDocument(plan: Plan, { address }: Change, attribute: string): Document | undefined {
  const source = plan.once(referencesOf).get(`${address} ${attribute}`);
  const read = source === undefined ? undefined : plan.once(readsByAddress).get(source);
  return read && rebuilt(read);
}

const readsByAddress = (plan: Plan): ReadonlyMap<string, Change> =>
  new Map(plan.ofType("aws_iam_policy_document").map((change) => [change.address, change]));

/** The data source that an attribute of a resource is, as `<address> <attribute>`, in all modules. */
const referencesOf = (plan: Plan): ReadonlyMap<string, string> =>
  new Map(
    [...plan.once(expressionsOf)].flatMap(([key, expression]) => {
      const references = textsOf(at(expression, "references")).filter((one) => one.endsWith(".json"));
      const [first = ""] = references;
      const isOne = references.length === 1 && first.startsWith("data.aws_iam_policy_document.");
      const [, module = ""] = /^((?:module\.[^.]+\.)*)/.exec(key) ?? [];
      return isOne ? [[key, `${module}${first.replace(/\.json$/, "")}`] as const] : [];
    }),
  );

const OTHER_DOCUMENTS = [
  "source_json",
  "override_json",
  "source_policy_documents",
  "override_policy_documents",
];

function rebuilt(read: Change): Document | undefined {
  const { after } = read;
  if (OTHER_DOCUMENTS.some((key) => !isEmpty(after[key]) || read.isUnknown(key))) return undefined;
  const statements = blocksOf(after.statement);
  if (statements.length === 0 || read.isUnknown("statement") || read.isUnknown("version")) return undefined;
  return documentOf({ Version: after.version ?? "2012-10-17", Statement: statements.map(statementOf) });
}

function statementOf(block: Values): Values {
  const lists = {
    Action: block.actions,
    NotAction: block.not_actions,
    Resource: block.resources,
    NotResource: block.not_resources,
    Principal: principalsOf(block.principals),
    NotPrincipal: principalsOf(block.not_principals),
  };
  const given = Object.entries(lists).filter(([, value]) => !isEmpty(value));
  const Condition = conditionsOf(block.condition);
  return {
    Effect: block.effect ?? "Allow",
    ...Object.fromEntries(given),
    ...(Condition === undefined ? {} : { Condition }),
  };
}

function principalsOf(blocks: unknown): unknown {
  const principals = blocksOf(blocks);
  if (principals.some(({ type }) => type === "*")) return "*";
  return merged(principals.map(({ identifiers, type }) => [String(type), listOf(identifiers)]));
}

function conditionsOf(blocks: unknown): unknown {
  const tests = new Map<string, [string, readonly unknown[]][]>();
  for (const { test, values, variable } of blocksOf(blocks))
    tests.set(String(test), [...(tests.get(String(test)) ?? []), [String(variable), listOf(values)]]);
  return tests.size === 0
    ? undefined
    : Object.fromEntries([...tests].map(([test, pairs]) => [test, merged(pairs)]));
}

function merged(pairs: readonly (readonly [string, readonly unknown[]])[]): Values {
  const lists: Record<string, unknown[]> = {};
  for (const [key, values] of pairs) lists[key] = [...(lists[key] ?? []), ...values];
  return lists;
}
