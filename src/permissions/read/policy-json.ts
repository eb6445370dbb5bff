import { z } from "zod";
import { parseJson } from "../../synthesis/json";
import { UnreadableError } from "../../synthesis/unreadable";

export type OneOrMany = string | readonly string[];

export type Principal = "*" | Readonly<Record<string, OneOrMany>>;

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

/** An IAM policy document. */
export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

const values = z.union([z.string(), z.array(z.string())]).optional();
const principal = z.union([z.literal("*"), z.record(z.string(), values.unwrap())]).optional();
/** AWS accepts numbers and booleans as condition values, and compares their text. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: values,
  NotAction: values,
  Resource: values,
  NotResource: values,
  Principal: principal,
  NotPrincipal: principal,
  Condition: z.record(z.string(), z.record(z.string(), z.union([text, z.array(text)]))).optional(),
});

const policy = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.preprocess((given) => [given].flat(), z.array(statement).min(1)),
});

/**
 * A policy from its text, with its statements always as a list.
 *
 * @throws UnreadableError when it is not a policy, or not one that AWS accepts.
 */
export function parsePolicy(json: string, origin: string): PolicyJson {
  const { data, error } = policy.safeParse(parseJson(json, origin));
  if (error) {
    const [{ message, path } = { message: "", path: [] }] = error.issues;
    throw new UnreadableError(
      `${origin}: expected a policy, got another shape: ${path.join(".")} ${message}`,
    );
  }
  const ids = data.Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UnreadableError(`${origin}: two statements have the Sid "${twice}"`);
  return data;
}

/** A policy element has one value or a list. */
export const listOf = (values: OneOrMany = []): readonly string[] =>
  typeof values === "string" ? [values] : values;
