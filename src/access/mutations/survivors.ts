import { listOf } from "../evidence/policy-json";
import type { PolicyKind } from "../evidence/policy";
import type { Mutant } from "./mutants";
import type { MutationKind } from "./statement-change";

/** A change that makes no difference in AWS, and why. */
export interface Survivor {
  readonly kind: MutationKind;
  readonly where: readonly PolicyKind[];
  readonly applies: (mutant: Mutant) => boolean;
  /** AWS's reason. */
  readonly reason: string;
}

const conditionKeys = ({ statement }: Mutant) =>
  Object.values(statement.Condition ?? {}).flatMap((keys) => Object.entries(keys));

/** Whether a condition asks for a key that AWS sends with one action only. */
const asksFor = (mutant: Mutant, key: string) => conditionKeys(mutant).some(([asked]) => asked === key);

/** Every mutant that may go unnoticed. `docs/access.md` explains them to people. */
export const survivors: readonly Survivor[] = [
  {
    kind: "condition removed",
    where: ["trust"],
    applies: (mutant) =>
      mutant.change === "StringEquals aws:SourceAccount" &&
      conditionKeys(mutant).some(([key, arns]) => key === "aws:SourceArn" && listOf(arns).every(hasAccount)),
    reason:
      "the source ARN holds the account already; AWS asks for both, as some ARNs hold none (IAM user guide, the confused deputy problem)",
  },
  {
    kind: "action widened",
    where: ["identity"],
    applies: (mutant) => asksFor(mutant, "iam:PassedToService"),
    reason: "AWS sends iam:PassedToService with iam:PassRole only, so the condition refuses any other action",
  },
  {
    kind: "action widened",
    where: ["identity"],
    applies: (mutant) => asksFor(mutant, "ecs:CreateAction"),
    reason: "AWS sends ecs:CreateAction with ecs:TagResource only, so the condition refuses any other action",
  },
  {
    kind: "resource widened",
    where: ["bucket"],
    applies: () => true,
    reason:
      "a bucket policy holds for its own bucket only, and each of its actions for objects, or for the bucket",
  },
  {
    kind: "action widened",
    where: ["key"],
    applies: ({ change }) => change === "kms:* → *",
    reason: "a key policy holds for its own key only, which knows no actions but those of KMS",
  },
  {
    kind: "action widened",
    where: ["identity"],
    applies: ({ change }) => /^ssmmessages:\w+ → ssmmessages:\*$/.test(change),
    reason: "Session Manager's channels have four actions, and the statement has all of them",
  },
  {
    kind: "action widened",
    where: ["identity"],
    applies: ({ change, statement }) =>
      change.startsWith("codestar-connections:") &&
      String(statement.Resource).startsWith("arn:aws:codeconnections:"),
    reason: "the connection's ARN begins with codeconnections, so AWS never asks for codestar-connections",
  },
  {
    kind: "action removed",
    where: ["identity"],
    applies: ({ change }) => /^code(star-)?connections:UseConnection$/.test(change),
    reason:
      "the service answers to two names; AWS asks for the one in the connection's ARN, and documents both",
  },
];

const hasAccount = (arn: string) => /^arn:aws:[^:]+:[^:]*:\d{12}:/.test(arn);

/** Why a mutant may go unnoticed; nothing if it may not. */
export const survivorReason = (mutant: Mutant): string | undefined =>
  survivors.find(
    ({ applies, kind, where }) =>
      kind === mutant.kind && where.includes(mutant.policy.kind) && applies(mutant),
  )?.reason;
