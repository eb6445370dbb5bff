import type { EvaluationResult } from "@cloud-copilot/iam-simulate";
import { evaluate } from "../../src/access/evaluate";
import { guardOf } from "../../src/access/evidence/policy";
import { parsePolicy } from "../../src/access/evidence/policy-json";
import { policyDocument, type Statement } from "../../src/constructs/iam/policy-document";

/** A request that reaches AWS. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The account of the resource. */
  readonly accountId: string;
  /** Condition keys beside those that AWS always sends. A key left out is absent. */
  readonly context?: Record<string, string>;
}

/**
 * What AWS decides on a request under the policy of the resource, for a principal whose own policies
 * allow everything: whatever is refused, the resource's policy refuses.
 */
export async function decide(
  statements: readonly Statement[],
  { accountId, ...request }: Request,
): Promise<EvaluationResult> {
  const resource = {
    kind: guardOf(request.action) ?? "bucket",
    holder: request.resource,
    account: accountId,
    name: "policy",
    document: parsePolicy(policyDocument(statements), request.resource),
  };
  const { result } = await evaluate(
    { ...request, owner: accountId, granted: "identity" },
    { identity: [], resource },
  );
  return result;
}
