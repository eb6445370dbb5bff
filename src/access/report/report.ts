import type { MutationResult } from "../mutations/mutations";
import type { Proof } from "../proof";
import { wildcardsOf, type Wildcard } from "../wildcards/wildcards";
import type { Difference } from "../wiring/difference";
import type { WiringFault } from "../wiring/wiring-fault";
import { denialFailures, failuresOf, wildcardFailures } from "./advice";
import type { Failure } from "./failure";

/** Where a stack is not what the configuration makes of it. */
export interface StackDifference extends Difference {
  readonly stack: string;
}

/** What is wrong with a synthesis beside its policies. */
export interface SynthesisFaults {
  readonly wiring: readonly WiringFault[];
  readonly differences: readonly StackDifference[];
}

/** Everything that a report tells, however it is shown. */
export interface Report extends SynthesisFaults {
  readonly proof: Proof;
  readonly failures: readonly Failure[];
  readonly wildcards: readonly Wildcard[];
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

/** @param synthesis Of documents that stand in AWS there is none. */
export function reportOf(
  proof: Proof,
  synthesis: SynthesisFaults = { wiring: [], differences: [] },
  mutations?: MutationResult,
): Report {
  const wildcards = wildcardsOf(proof);
  const failures = [...failuresOf(proof), ...wildcardFailures(wildcards), ...denialFailures(proof)];
  return { ...synthesis, proof, failures, wildcards, mutations, counts: countsOf(proof) };
}

/** Whether a system is proven: all that is needed, nothing that is forbidden, and no mutant undetected. */
export const isProven = ({ differences, failures, mutations, wiring }: Report) =>
  [failures, wiring, differences, mutations?.unexplained ?? []].every(({ length }) => length === 0);

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
