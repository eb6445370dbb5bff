import type { EvaluationResult } from "@cloud-copilot/iam-simulate";
import { policyDocument, type Statement } from "../../src/constructs/iam/policy-document";
import { evaluate } from "../../src/permissions/check/evaluate";
import { policyKindOf } from "../../src/permissions/read/policies";
import { parsePolicy } from "../../src/permissions/read/policy-json";
import { simulate } from "./proof";
import type { PolicyStatement } from "./synth";

/** A request that reaches AWS. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The account of the resource. */
  readonly accountId: string;
  /** Condition keys in addition to those that AWS always sends. A key that is not listed is absent. */
  readonly context?: Record<string, string>;
}

/**
 * What AWS decides on a request under the policy of the resource, for a principal whose own policies
 * allow everything. So the policy of the resource denies whatever is denied.
 */
export async function decide(
  statements: readonly PolicyStatement[],
  { accountId, ...request }: Request,
): Promise<EvaluationResult> {
  const resource = {
    kind: policyKindOf(request.action) ?? ("bucket" as const),
    holder: request.resource,
    account: accountId,
    name: "policy",
    document: parsePolicy(policyDocument(statements as readonly Statement[]), "the policy"),
  };
  const { result } = await evaluate(
    { ...request, owner: accountId, assumeAllowed: "identity" },
    { identity: [], resource },
    simulate,
  );
  return result;
}
