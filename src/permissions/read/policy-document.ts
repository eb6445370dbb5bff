import { z } from "zod";
import type { OneOrMany, PolicyJson, PolicyStatement, Principal } from "./policy-json";
import { resolve } from "./references";
import { stackNamed, type Stacks, type SynthesizedStack } from "./stacks";
import { UnreadableError } from "./unreadable";

const texts = z.array(z.string());
const principals = z.array(z.strictObject({ type: z.string(), identifiers: texts }));
const conditions = z.array(z.strictObject({ test: z.string(), variable: z.string(), values: texts }));

/** A statement of `aws_iam_policy_document`, as the synthesized JSON has it; anything else is unreadable. */
const statements = z.array(
  z.strictObject({
    sid: z.string().optional(),
    effect: z.string().optional(),
    actions: texts.optional(),
    not_actions: texts.optional(),
    resources: texts.optional(),
    not_resources: texts.optional(),
    principals: principals.optional(),
    not_principals: principals.optional(),
    condition: conditions.optional(),
  }),
);

export type SynthesizedStatement = z.output<typeof statements>[number];

/**
 * The statements of a document.
 *
 * @param origin Where they stand, for the message.
 * @throws UnreadableError when they have another shape than cdktf gives them.
 */
export function readStatements(value: unknown, origin: string): SynthesizedStatement[] {
  const { data, error } = statements.safeParse(value ?? []);
  if (data) return data;
  const [fault] = error.issues;
  throw new UnreadableError(
    `${origin}: cannot read statement ${fault?.path.join(".") ?? ""}: ${fault?.message ?? ""}`,
  );
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

/** The provider puts identifiers of one type together, wherever they stand; `*` must be alone to be everybody. */
function renderPrincipals(given: z.output<typeof principals>): Principal {
  const [only, another] = given;
  if (!another && only?.type === "*" && only.identifiers.join() === "*") return "*";
  const merged = mergedBy(
    given,
    ({ type }) => type,
    ({ identifiers }) => identifiers,
  );
  return Object.fromEntries(merged);
}

/** And values of one test and variable. */
function renderConditions(given: z.output<typeof conditions>) {
  const tests = [...new Set(given.map(({ test }) => test))];
  return Object.fromEntries(
    tests.map((test) => {
      const own = given.filter((one) => one.test === test);
      return [
        test,
        Object.fromEntries(
          mergedBy(
            own,
            ({ variable }) => variable,
            ({ values }) => values,
          ),
        ),
      ];
    }),
  );
}

function mergedBy<T>(
  blocks: readonly T[],
  keyOf: (block: T) => string,
  valuesOf: (block: T) => readonly string[],
): [string, OneOrMany][] {
  return [...new Set(blocks.map(keyOf))].map((key) => [
    key,
    oneOrMany(blocks.filter((block) => keyOf(block) === key).flatMap(valuesOf)),
  ]);
}

const DOCUMENT = /^(?:\$\{)?data\.aws_iam_policy_document\.([^.]+)\.json\}?$/;

/** The only arguments that are read: any other would change what the statements mean. */
const DOCUMENT_KEYS = ["//", "statement"];

/** The JSON that a reference to a data source gives. */
export function documentText(stacks: Stacks, stack: string, expression: string): string | undefined {
  const json = documentJson(stackNamed(stacks, stack), stack, expression);
  const resolved = (_: string, value: unknown) =>
    typeof value === "string" ? resolve(stacks, stack, value) : value;
  return json && JSON.stringify(json, resolved);
}

export function documentJson({ data }: SynthesizedStack, stack: string, expression: string) {
  const id = DOCUMENT.exec(expression)?.[1] ?? "";
  const source = data?.aws_iam_policy_document?.[id];
  if (!source) return undefined;
  const origin = `stack ${stack}: data.aws_iam_policy_document.${id}`;
  const unknown = Object.keys(source).filter((key) => !DOCUMENT_KEYS.includes(key));
  if (unknown.length > 0) throw new UnreadableError(`${origin}: cannot read its ${unknown.join(", ")}`);
  return policyJson(readStatements(source.statement, origin));
}
