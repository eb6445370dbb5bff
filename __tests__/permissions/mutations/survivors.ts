import { listOf } from "../../../src/permissions/read/policy-json";
import type { ChangeKind } from "./changes";
import type { ChangeablePolicy, Mutant } from "./mutants";

/** A change that makes no difference in AWS, so that no check can find it. */
interface Survivor {
  readonly kind: ChangeKind;
  readonly applies: (mutant: Mutant<ChangeablePolicy>) => boolean;
  /** AWS's reason. */
  readonly reason: string;
}

const hasAccount = (arn: string) => /^arn:aws:[^:]+:[^:]*:\d{12}:/.test(arn);

export const survivors: readonly Survivor[] = [
  {
    kind: "condition removed",
    applies: ({ change, statement }) =>
      change === "StringEquals aws:SourceAccount" &&
      Object.values(statement.Condition ?? {}).some((keys) => listOf(keys["aws:SourceArn"]).some(hasAccount)),
    reason: "the source ARN contains the account; AWS documents both, as some ARNs contain none",
  },
  {
    kind: "action removed",
    applies: ({ change }) => /^(codeconnections|codestar-connections):UseConnection$/.test(change),
    reason: "the service was renamed; AWS checks the name that the connection's ARN has, and documents both",
  },
];

/** Why a mutant may stay undetected. Undefined if it may not. */
export const survivorReason = (mutant: Mutant<ChangeablePolicy>): string | undefined =>
  survivors.find(({ applies, kind }) => kind === mutant.kind && applies(mutant))?.reason;
