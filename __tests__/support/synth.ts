import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import type { Construct } from "constructs";
import type { Statement } from "../../src/constructs/iam/policy-document";

/** A block of synthesized Terraform: keys in snake_case, references as `${…}`. */
export type Block = Record<string, unknown>;

/** The synthesized JSON of a stack. */
export interface Stack {
  readonly resource?: Record<string, Record<string, Block>>;
  readonly data?: Record<string, Record<string, Block>>;
  readonly output?: Record<string, Block>;
  readonly terraform: { readonly backend: Record<string, Block> };
  readonly provider: Record<string, Block[]>;
}

interface TerraformClass {
  readonly tfResourceType: string;
}

/** The JSON of a stack that holds what `build` makes. For stacks themselves there is `synthApp`. */
export function synth(build: (scope: Construct) => void): Stack {
  return JSON.parse(Testing.synthScope(build)) as Stack;
}

/** Every resource (or data source) of a type. */
export function all({ resource, data }: Stack, { tfResourceType }: TerraformClass): Block[] {
  return Object.values({ ...data?.[tfResourceType], ...resource?.[tfResourceType] });
}

/** The one resource (or data source) of a type; fails when there is another. */
export function theOnly(stack: Stack, type: TerraformClass): Block {
  const found = all(stack, type);
  if (found.length !== 1) throw new Error(`expected one ${type.tfResourceType}, got ${found.length}`);
  return found[0] as Block;
}

/** The argument that holds a policy, by type of resource. */
const POLICY_ARGUMENTS = {
  aws_iam_role: "assume_role_policy",
  aws_iam_role_policy: "policy",
  aws_iam_policy: "policy",
  aws_s3_bucket_policy: "policy",
  aws_kms_key_policy: "policy",
  aws_ecr_repository_policy: "policy",
};

/** Every policy of a stack, by the logical id of its resource without the hash: `push-role_policy`. */
export function policies({ resource }: Stack): Record<string, Statement[]> {
  const documents = Object.entries(POLICY_ARGUMENTS).flatMap(([type, argument]) =>
    Object.entries(resource?.[type] ?? {}).map(([id, block]) => [
      id.replace(/_[0-9A-F]{8}$/, ""),
      readPolicy(String(block[argument])),
    ]),
  );
  return Object.fromEntries(documents) as Record<string, Statement[]>;
}

type OneOrMany = string | string[];

/** The statements of a policy in the form in which constructs write them: lists, and "Allow" left out. */
export function readPolicy(json: string): Statement[] {
  const { Statement: statements } = JSON.parse(json) as { Statement: Record<string, unknown>[] };
  return statements.map(({ Sid, Effect, Action, Resource, Principal, Condition }) => ({
    sid: String(Sid),
    ...(Effect === "Deny" && { effect: Effect }),
    actions: [Action as OneOrMany].flat(),
    ...(Resource !== undefined && { resources: [Resource as OneOrMany].flat() }),
    ...(Principal !== undefined && { principals: readPrincipals(Principal as "*") }),
    ...(Condition !== undefined && { conditions: readConditions(Condition as Conditions) }),
  }));
}

const readPrincipals = (principal: "*" | Record<string, OneOrMany>) =>
  Object.entries(principal === "*" ? { "*": "*" } : principal).map(([type, identifiers]) => ({
    type,
    identifiers: [identifiers].flat(),
  }));

type Conditions = Record<string, Record<string, OneOrMany>>;

const readConditions = (conditions: Conditions) =>
  Object.entries(conditions).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({ test, variable, values: [values].flat() })),
  );

/** The statement of that id, wherever it stands; fails when there is none, or another. */
export function statement(stack: Stack, sid: string): Statement {
  const found = Object.values(policies(stack))
    .flat()
    .filter((candidate) => candidate.sid === sid);
  if (found.length !== 1) throw new Error(`expected one statement ${sid}, got ${found.length}`);
  return found[0] as Statement;
}
