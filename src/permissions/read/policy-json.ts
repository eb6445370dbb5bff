import { z } from "zod";
import { keyTwice } from "./key-twice";
import { UnreadableError } from "./unreadable";

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

/** An IAM policy, as AWS takes it. */
export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

const values = z.union([z.string(), z.array(z.string())]);
const principal = z.union([z.literal("*"), z.record(z.string(), values)]);

/** AWS takes a number or a truth value for its text. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: values.optional(),
  NotAction: values.optional(),
  Resource: values.optional(),
  NotResource: values.optional(),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([text, z.array(text)]))).optional(),
});

const policy = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.preprocess((given) => [given].flat(), z.array(statement).min(1)),
});

/**
 * A policy from its text, its statements always in a list.
 *
 * @param origin Where it stands, for the message.
 * @throws UnreadableError when it is no policy, or one that AWS would not take.
 */
export function parsePolicy(json: string, origin: string): PolicyJson {
  const { data, error } = policy.safeParse(jsonOf(json, origin));
  if (error) throw new UnreadableError(`${origin}: expected a policy, got another shape: ${faultIn(error)}`);
  const twice =
    keyTwice(json) ?? repeated(data.Statement.flatMap(({ Sid = "" }) => (Sid === "" ? [] : [Sid])));
  if (twice !== undefined) throw new UnreadableError(`${origin}: it has "${twice}" twice`);
  return data;
}

function jsonOf(json: string, origin: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UnreadableError(`${origin}: expected a policy in JSON, got ${json.slice(0, 80)}`);
  }
}

const faultIn = ({ issues: [issue] }: z.ZodError) => `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;

const repeated = (names: readonly string[]) => names.find((name, index) => names.indexOf(name) !== index);

/** What AWS takes alone, or in a list. */
export const listOf = (values: OneOrMany = []): readonly string[] =>
  typeof values === "string" ? [values] : values;
