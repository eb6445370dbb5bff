import type { PolicyStatement } from "./synth";

type Conditions = Record<string, Record<string, string[]>>;

/** A policy as AWS reads it. */
export interface PolicyJson {
  readonly Version: "2012-10-17";
  readonly Statement: {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string[];
    readonly Resource?: string[];
    readonly Principal?: "*" | Record<string, string[]>;
    readonly Condition?: Conditions;
  }[];
}

/** The document that Terraform's `aws_iam_policy_document` makes of these statements. */
export function policyJson(statements: readonly PolicyStatement[]): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principals, condition }) => ({
      Sid: sid,
      Effect: effect,
      Action: actions,
      ...(resources && { Resource: resources }),
      ...(principals && { Principal: principalsJson(principals) }),
      ...(condition && { Condition: conditionsJson(condition) }),
    })),
  };
}

function principalsJson(
  principals: NonNullable<PolicyStatement["principals"]>,
): "*" | Record<string, string[]> {
  if (principals.some(({ type }) => type === "*")) return "*";
  const json: Record<string, string[]> = {};
  for (const { type, identifiers } of principals) (json[type] ??= []).push(...identifiers);
  return json;
}

/** Tests and keys must all hold; of a key's values any one. */
function conditionsJson(conditions: NonNullable<PolicyStatement["condition"]>): Conditions {
  const json: Conditions = {};
  for (const { test, variable, values } of conditions) ((json[test] ??= {})[variable] ??= []).push(...values);
  return json;
}
