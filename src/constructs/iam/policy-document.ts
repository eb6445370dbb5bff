/**
 * One statement of a policy. Its `sid` says, as a verb phrase, what the statement is for.
 *
 * Texts are Terraform strings. They may hold tokens; an IAM policy variable is written `$${aws:username}`.
 */
export interface Statement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** @default - none, in a trust policy */
  readonly resources?: readonly string[];
  /** @default - none, in an identity policy */
  readonly principals?: readonly Principal[];
  readonly condition?: readonly Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, or `*` for everybody. */
  readonly type: string;
  readonly identifiers: readonly string[];
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** A condition on one key, true for each of the values. */
export const condition = (test: string, variable: string, ...values: string[]): Condition => ({
  test,
  variable,
  values,
});

/** The root of an account as principal: it delegates to that account's own identity policies. */
export const accountPrincipal = (accountId: string): Principal => ({
  type: "AWS",
  identifiers: [`arn:aws:iam::${accountId}:root`],
});

/** Everybody; only for statements that deny. */
export const anyone: Principal = { type: "*", identifiers: ["*"] };

/**
 * One role of an account. AWS checks that a principal exists, and the role may not exist yet, so the
 * principal is the account's root, narrowed by the role's ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const onlyRole = (accountId: string, roleArn: string) => ({
  principals: [accountPrincipal(accountId)],
  condition: [condition("ArnEquals", "aws:PrincipalArn", roleArn)],
});

/** The policy as JSON, for an argument that expects one. */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map(renderStatement) });

/** A single value is not in a list: AWS stores a policy in this form, so that plans show no difference. */
const oneOrMany = (values: readonly string[]) => (values.length === 1 ? values[0] : values);

const renderStatement = ({ sid, effect, actions, resources, principals, condition }: Statement) => ({
  Sid: sid,
  Effect: effect ?? "Allow",
  ...(principals && { Principal: renderPrincipals(principals) }),
  Action: oneOrMany(actions),
  ...(resources && { Resource: oneOrMany(resources) }),
  ...(condition && { Condition: renderConditions(condition) }),
});

/** AWS refuses `{"*": "*"}`: everybody is a single `*`. */
function renderPrincipals(principals: readonly Principal[]) {
  const merged = merge(principals.map(({ type, identifiers }) => [type, identifiers]));
  return "*" in merged ? "*" : merged;
}

/** By operator, then by key. */
function renderConditions(conditions: readonly Condition[]) {
  const operators = [...new Set(conditions.map(({ test }) => test))];
  const ofOperator = (operator: string) => conditions.filter(({ test }) => test === operator);
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      merge(ofOperator(operator).map(({ variable, values }) => [variable, values])),
    ]),
  );
}

/** Values of one key in one list: a key that is repeated in JSON would lose all values but the last. */
function merge(entries: readonly (readonly [key: string, values: readonly string[]])[]) {
  const merged = new Map<string, readonly string[]>();
  for (const [key, values] of entries) merged.set(key, [...(merged.get(key) ?? []), ...values]);
  return Object.fromEntries([...merged].map(([key, values]) => [key, oneOrMany(values)]));
}
