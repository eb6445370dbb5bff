import type { PolicyStatement } from "../evidence/policy-json";

/** How a statement was changed. */
export type MutationKind =
  | "statement removed"
  | "action removed"
  | "resource removed"
  | "principal removed"
  | "condition value removed"
  | "action widened"
  | "resource widened"
  | "condition removed";

/** One change of a statement. */
export interface Change {
  readonly kind: MutationKind;
  /** What was removed, or what a part became: `s3:GetObject`, `ecr:PutImage → ecr:*`. */
  readonly change: string;
  /** The part of the statement that now matches other calls; of a smaller statement, all of it. */
  readonly part: "action" | "resource" | "condition" | "statement";
  /** What became of it; nothing: it was removed. */
  readonly statement?: PolicyStatement;
  /** Whether it now covers fewer calls. */
  readonly covers: "less" | "more";
}
