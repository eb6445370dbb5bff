import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import type { Construct } from "constructs";

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

/** One statement of a policy, in the form in which constructs write it. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: string[];
  readonly resources?: string[];
  readonly principals?: { readonly type: string; readonly identifiers: string[] }[];
  readonly condition?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

/** The argument that contains a policy, and what the policy says, by resource type. */
const POLICY_ARGUMENTS = {
  aws_iam_role: ["assume_role_policy", "trust"],
  aws_iam_role_policy: ["policy", "permissions"],
  aws_iam_policy: ["policy", "permissions"],
  aws_s3_bucket_policy: ["policy", "permissions"],
  aws_kms_key_policy: ["policy", "permissions"],
} as const;

/** Every policy of a stack, by the place of its resource: `push-role_trust`. */
export function policies({ resource = {} }: Stack): Record<string, PolicyStatement[]> {
  return Object.fromEntries(
    Object.entries(POLICY_ARGUMENTS).flatMap(([type, [argument, what]]) =>
      Object.entries(resource[type] ?? {}).map(([id, block]) => [
        `${id.replace(/(_policy)?_[0-9A-F]{8}$/, "")}_${what}`,
        statementsOf(String(block[argument])),
      ]),
    ),
  );
}

type OneOrMany = string | string[];
interface JsonStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Principal?: "*" | Record<string, OneOrMany>;
  readonly Condition?: Record<string, Record<string, OneOrMany>>;
}

const list = (values: OneOrMany) => [values].flat();

/** The statements of a policy's JSON; references inside it stay. */
export const statementsOf = (json: string): PolicyStatement[] =>
  (JSON.parse(json) as { Statement: JsonStatement[] }).Statement.map(
    ({ Sid, Effect, Action, Resource, Principal, Condition }) => ({
      sid: Sid,
      ...(Effect === "Allow" ? {} : { effect: Effect }),
      actions: list(Action),
      ...(Resource && { resources: list(Resource) }),
      ...(Principal && {
        principals: Object.entries(Principal === "*" ? { "*": "*" } : Principal).map(([type, of]) => ({
          type,
          identifiers: list(of),
        })),
      }),
      ...(Condition && {
        condition: Object.entries(Condition).flatMap(([test, keys]) =>
          Object.entries(keys).map(([variable, values]) => ({ test, variable, values: list(values) })),
        ),
      }),
    }),
  );

/** The statement of that id, wherever it stands; fails when there is none, or another. */
export function statement(stack: Stack, sid: string): PolicyStatement {
  const found = Object.values(policies(stack))
    .flat()
    .filter((candidate) => candidate.sid === sid);
  if (found.length !== 1) throw new Error(`expected one statement ${sid}, got ${found.length}`);
  return found[0] as PolicyStatement;
}
