/**
 * One statement of a policy. Its `sid` is a verb phrase that says what the statement is for.
 *
 * Texts are Terraform strings. They may hold tokens; an IAM policy variable is written `$${aws:username}`.
 */
export interface Statement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** @default - none, as in a trust policy */
  readonly resources?: readonly string[];
  /** @default - none, as in the policy of a role */
  readonly principals?: readonly Principal[];
  /** All of them must hold. */
  readonly conditions?: readonly Condition[];
}

/** Principals of one type, as in `AWS` or `Service`. */
export interface Principal {
  readonly type: string;
  readonly identifiers: readonly string[];
}

/** A test of one key, which holds for any of the values. */
export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

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

/** Everybody. Only for statements that deny. */
export const anyone: Principal = { type: "*", identifiers: ["*"] };

/**
 * One role of an account. AWS refuses a principal that does not exist, and the role may not exist yet:
 * the principal is the account's root, and a condition narrows it to the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const onlyRole = (accountId: string, roleArn: string) => ({
  principals: [accountPrincipal(accountId)],
  conditions: [condition("ArnEquals", "aws:PrincipalArn", roleArn)],
});

/**
 * The policy as JSON text, for an argument that expects a policy. It has the form that Terraform's own
 * `aws_iam_policy_document` gives it, so that a system deployed with that data source does not change.
 */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map(render) });

/** Undefined members do not appear in JSON. */
const render = ({ sid, effect = "Allow", actions, resources, principals, conditions }: Statement) => ({
  Sid: sid,
  Effect: effect,
  Action: oneOrMany(actions),
  Resource: resources && oneOrMany(resources),
  Principal: principals && renderPrincipals(principals),
  Condition: conditions && renderConditions(conditions),
});

/** AWS refuses `{"*": "*"}`: everybody is a single `*`. */
function renderPrincipals(principals: readonly Principal[]) {
  const merged = merge(principals.map(({ type, identifiers }) => [type, identifiers]));
  return merged["*"] === "*" ? "*" : merged;
}

function renderConditions(conditions: readonly Condition[]) {
  const tests = [...new Set(conditions.map(({ test }) => test))];
  const ofTest = (test: string) => conditions.filter((one) => one.test === test);
  return Object.fromEntries(
    tests.map((test) => [test, merge(ofTest(test).map(({ variable, values }) => [variable, values]))]),
  );
}

/** Values of the same key in one list: a JSON object has each key once. */
function merge(entries: readonly (readonly [string, readonly string[]])[]) {
  const merged = new Map<string, readonly string[]>();
  for (const [key, values] of entries) merged.set(key, [...(merged.get(key) ?? []), ...values]);
  return Object.fromEntries([...merged].map(([key, values]) => [key, oneOrMany(values)]));
}

const oneOrMany = (values: readonly string[]) => (values.length === 1 ? values[0] : values);
