import { UnreadableError } from "./synthesis";

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

/** What AWS takes alone, or in a list. */
export const listOf = (values: OneOrMany = []): readonly string[] =>
  typeof values === "string" ? [values] : values;
