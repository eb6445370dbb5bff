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

/** One statement of a policy, as the JSON has it. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: string[];
  readonly resources?: string[];
  readonly principals?: { readonly type: string; readonly identifiers: string[] }[];
  readonly condition?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

/** Every policy of a stack, by its document's logical id without the hash: `push-role_trust`. */
export function policies({ data }: Stack): Record<string, PolicyStatement[]> {
  const documents = Object.entries(data?.aws_iam_policy_document ?? {});
  return Object.fromEntries(
    documents.map(([id, document]) => [
      id.replace(/_[0-9A-F]{8}$/, ""),
      document.statement as PolicyStatement[],
    ]),
  );
}

/** The statement of that id, wherever it stands; fails when there is none, or another. */
export function statement(stack: Stack, sid: string): PolicyStatement {
  const found = Object.values(policies(stack))
    .flat()
    .filter((candidate) => candidate.sid === sid);
  if (found.length !== 1) throw new Error(`expected one statement ${sid}, got ${found.length}`);
  return found[0] as PolicyStatement;
}
