import { UnreadableError } from "./synthesis";

/** A statement of `aws_iam_policy_document`, as the synthesized JSON has it. */
export interface SynthesizedStatement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly not_actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly not_resources?: readonly string[];
  readonly principals?: readonly SynthesizedPrincipals[];
  readonly not_principals?: readonly SynthesizedPrincipals[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

interface SynthesizedPrincipals {
  readonly type: string;
  readonly identifiers: readonly string[];
}

export type OneOrMany = string | readonly string[];

type Principal = "*" | Readonly<Record<string, OneOrMany>>;

/** A statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Principal?: Principal;
  readonly NotPrincipal?: Principal;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** An IAM policy, as AWS takes it. */
export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** The policy that the provider makes of a document: one value stands alone, several in a list. */
export function policyJson(statements: readonly SynthesizedStatement[]): PolicyJson {
  return { Version: "2012-10-17", Statement: statements.map(renderStatement) };
}

function renderStatement({
  sid,
  effect,
  actions,
  not_actions: notActions,
  resources,
  not_resources: notResources,
  principals,
  not_principals: notPrincipals,
  condition,
}: SynthesizedStatement): PolicyStatement {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect ?? "Allow",
    ...(actions && { Action: oneOrMany(actions) }),
    ...(notActions && { NotAction: oneOrMany(notActions) }),
    ...(resources && { Resource: oneOrMany(resources) }),
    ...(notResources && { NotResource: oneOrMany(notResources) }),
    ...(principals && { Principal: renderPrincipals(principals) }),
    ...(notPrincipals && { NotPrincipal: renderPrincipals(notPrincipals) }),
    ...(condition && { Condition: renderConditions(condition) }),
  };
}

const oneOrMany = (values: readonly string[]): OneOrMany =>
  values.length === 1 ? (values[0] ?? "") : values;

function renderPrincipals(principals: readonly SynthesizedPrincipals[]): Principal {
  if (principals.some(({ type }) => type === "*")) return "*";
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, oneOrMany(identifiers)]));
}

function renderConditions(conditions: NonNullable<SynthesizedStatement["condition"]>) {
  const tests = [...new Set(conditions.map(({ test }) => test))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      Object.fromEntries(
        conditions
          .filter((one) => one.test === test)
          .map(({ variable, values }) => [variable, oneOrMany(values)]),
      ),
    ]),
  );
}

/**
 * A policy from its text, its statements always in a list.
 *
 * @param origin Where it stands, for the message.
 * @throws UnreadableError when it is no policy.
 */
export function parsePolicy(text: string, origin: string): PolicyJson {
  try {
    const { Statement, ...rest } = JSON.parse(text) as Omit<PolicyJson, "Statement"> & {
      Statement?: PolicyStatement | PolicyStatement[];
    };
    if (typeof Statement === "object") return { ...rest, Statement: [Statement].flat() };
  } catch {
    // Said below, with the place.
  }
  throw new UnreadableError(`${origin}: expected a policy in JSON, got ${text.slice(0, 80)}`);
}
