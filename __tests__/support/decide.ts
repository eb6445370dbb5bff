import { type EvaluationResult, runSimulation } from "@cloud-copilot/iam-simulate";
import { policyJson } from "../../src/access/policy-json";
import type { PolicyStatement } from "./synth";

/** A request that reaches AWS. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly accountId: string;
  /** Condition keys beside the principal's ARN and TLS, which AWS always sends. A key left out is absent. */
  readonly context?: Record<string, string>;
}

/**
 * What AWS decides on a request under the policy of the resource, for a principal whose own policies
 * allow everything: whatever is refused, the resource's policy refuses.
 */
export async function decide(
  policy: readonly PolicyStatement[],
  request: Request,
): Promise<EvaluationResult> {
  const { principal, action, resource, accountId, context = {} } = request;
  const sent = { "aws:PrincipalArn": principal, "aws:SecureTransport": "true", ...context };
  const contextVariables = Object.fromEntries(
    Object.entries(sent).map(([key, value]) => [known(key), value]),
  );
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const outcome = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId }, contextVariables },
      identityPolicies: [{ name: "everything", policy: { Version: "2012-10-17", Statement: [everything] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policyJson(policy.map(withKnownKeys)),
    },
    {},
  );
  if (outcome.resultType !== "single") throw new Error(JSON.stringify(outcome));
  const { ignoredContextKeys = [] } = outcome.result;
  if (ignoredContextKeys.length > 0)
    throw new Error(`${action} has no keys ${ignoredContextKeys.join(", ")}`);
  return outcome.overallResult;
}

/** The simulator drops keys of an encryption context; a tag of the request, also any string, stands in. */
const known = (key: string) => key.replace(/^kms:EncryptionContext:/, "aws:RequestTag/EncryptionContext:");

const withKnownKeys = (statement: PolicyStatement): PolicyStatement => ({
  ...statement,
  condition: statement.condition?.map((condition) => ({ ...condition, variable: known(condition.variable) })),
});
