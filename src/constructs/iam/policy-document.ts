import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";

/** One statement of a policy. Its `sid` says, as a verb phrase, what it is for. */
export type Statement = DataAwsIamPolicyDocumentStatement & { readonly sid: string };

type Condition = { readonly test: string; readonly variable: string; readonly values: string[] };

/** A condition on one key, true for each of the values. */
export const condition = (test: string, variable: string, ...values: string[]): Condition => ({
  test,
  variable,
  values,
});

/** The root of an account as principal: it delegates to that account's own identity policies. */
export const accountPrincipal = (accountId: string) => ({
  type: "AWS",
  identifiers: [`arn:aws:iam::${accountId}:root`],
});

/** Everybody; only for statements that deny. */
export const anyone = { type: "*", identifiers: ["*"] };

/**
 * One role of an account, though AWS checks that a principal exists and the role may not yet:
 * the account's root, narrowed by the role's ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const onlyRole = (accountId: string, roleArn: string) => ({
  principals: [accountPrincipal(accountId)],
  condition: [condition("ArnEquals", "aws:PrincipalArn", roleArn)],
});

/** The policy as JSON, for an attribute that takes one. */
export function policyDocument(scope: Construct, id: string, statements: readonly Statement[]): string {
  return new DataAwsIamPolicyDocument(scope, id, { statement: [...statements] }).json;
}
