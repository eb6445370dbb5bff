import { z } from "zod";
import { parseJson } from "../../synthesis/json";
import { InputError } from "../../errors";

const oneOrMany = <Value extends z.ZodType>(value: Value) => z.union([value, z.array(value).readonly()]);

const oneOf = (...allowed: readonly string[]): z.ZodType<string> => z.enum(allowed);

/** AWS accepts numbers and booleans as condition values, and compares their text. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const names = oneOrMany(z.string());
const values = names.optional();
const principal = z.union([z.literal("*"), z.record(z.string(), names)]).optional();

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: oneOf("Allow", "Deny"),
  Action: values,
  NotAction: values,
  Resource: values,
  NotResource: values,
  Principal: principal,
  NotPrincipal: principal,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany(text))).optional(),
});

const policy = z.strictObject({
  Version: oneOf("2012-10-17", "2008-10-17").default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.preprocess((given) => [given].flat(), z.array(statement).min(1).readonly()),
});

/** A policy element has one value or a list. */
export type OneOrMany = string | readonly string[];

/** A statement of an IAM policy. */
export type PolicyStatement = Readonly<z.infer<typeof statement>>;

/** An IAM policy document. */
export type PolicyJson = Readonly<z.infer<typeof policy>>;

/**
 * A policy from its text, with its statements always as a list.
 *
 * @throws InputError when it is not a policy, or not one that AWS accepts.
 */
export function parsePolicy(json: string, origin: string): PolicyJson {
  const { data, error } = policy.safeParse(parseJson(json, origin));
  if (error) {
    const [{ message, path } = { message: "", path: [] }] = error.issues;
    throw new InputError(`${origin}: expected a policy, got another shape: ${path.join(".")} ${message}`);
  }
  const ids = data.Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new InputError(`${origin}: two statements have the Sid "${twice}"`);
  return data;
}

export const listOf = (values: OneOrMany = []): readonly string[] =>
  typeof values === "string" ? [values] : values;
