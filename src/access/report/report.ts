import type { MutationResult } from "../mutations/mutations";
import type { Proof } from "../proof";
import { wildcardsOf, type Wildcard } from "../wildcards/wildcards";
import type { WiringFault } from "../wiring/wiring-fault";
import { failuresOf, wildcardFailures } from "./advice";
import type { Failure } from "./failure";

/** Everything that a report tells, however it is shown. */
export interface Report {
  readonly proof: Proof;
  readonly failures: readonly Failure[];
  readonly wildcards: readonly Wildcard[];
  /** Nothing to tell where the documents stand in AWS: only a synthesis has wiring. */
  readonly wiring: readonly WiringFault[];
  /** Nothing unless asked for. */
  readonly mutations?: MutationResult;
  readonly counts: Counts;
}

/** How many calls were asked, and how many got the answer that they must get. */
export interface Counts {
  readonly needed: number;
  readonly allowed: number;
  readonly forbidden: number;
  readonly refused: number;
}

export function reportOf(proof: Proof, wiring: readonly WiringFault[], mutations?: MutationResult): Report {
  const wildcards = wildcardsOf(proof);
  const failures = [...failuresOf(proof), ...wildcardFailures(wildcards)];
  return { proof, failures, wildcards, wiring, mutations, counts: countsOf(proof) };
}

/** Whether a system is proven: all that is needed, nothing that is forbidden, and no mutant undetected. */
export const isProven = ({ failures, mutations, wiring }: Report) =>
  failures.length === 0 && wiring.length === 0 && (mutations?.unexplained.length ?? 0) === 0;

function countsOf({ sections }: Proof): Counts {
  const hops = sections.flatMap(({ stages }) => stages.flatMap((stage) => stage.hops));
  const results = hops.flatMap(({ calls }) => calls.map(({ decision }) => decision.result));
  const denials = sections.flatMap((section) => section.denials);
  const answers = denials.flatMap(({ calls }) => calls.map(({ decision }) => decision.result));
  return {
    needed: results.length,
    allowed: results.filter((result) => result === "Allowed").length,
    forbidden: answers.length,
    refused: answers.filter((result) => result !== "Allowed").length,
  };
}
