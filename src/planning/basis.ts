import { BOOTSTRAP } from "../config/schema";
import type { Stacks } from "../synthesis/synthesized";
import type { Outputs } from "./plan-json";
import { canonicalJson, sha256 } from "./record/digest";
import type { ReviewedStack } from "./record/record";
import { predict, type Predicted } from "./upstream/predict";
import { readsOf, type Reads } from "./upstream/reads";

/** What the plan of a stack rests on. */
export interface Basis extends Pick<ReviewedStack, "kind" | "restsOn" | "inputs"> {
  /** What it reads of stacks that must be applied first, as it will be. */
  readonly stubs: readonly (Reads & { readonly values: Readonly<Record<string, Predicted>> })[];
}

/** What is known about the stacks that a stack reads. */
export interface Upstreams {
  /** Without the state bucket there are no states. */
  readonly hasBucket: boolean;
  /** What the plan of a stack says about its outputs. */
  readonly planned: (stack: string) => Outputs;
  /** The outputs in the state of a stack. */
  readonly current: (stack: string) => Readonly<Record<string, { readonly value: unknown } | undefined>>;
}

/** A digest of outputs, which tells whether they changed without keeping their values. */
export const inputDigest = (outputs: readonly string[], valueOf: (output: string) => unknown) =>
  sha256(canonicalJson(outputs.map((output) => [output, valueOf(output) ?? null])));

/**
 * Decides what a stack is planned on: on the states as they are if what it reads of them stays as it is, else
 * on its upstreams' outputs as they will be.
 */
export function basisOf(stacks: Stacks, name: string, { current, hasBucket, planned }: Upstreams): Basis {
  const reads = readsOf(stacks, name).map((one) => ({
    ...one,
    values: predict(stacks, one.upstream, one.outputs, planned(one.upstream)),
  }));
  const digests = reads.map((one) => ({
    ...one,
    digest: inputDigest(one.outputs, (output) => one.values[output]?.value),
  }));
  const stubs = digests.filter(
    ({ digest, outputs, upstream }) =>
      !hasBucket || digest !== inputDigest(outputs, (output) => current(upstream)[output]?.value),
  );
  const isLate = stubs.some(({ values }) => Object.values(values).some((one) => one.isLate));
  const bucket = hasBucket || name === BOOTSTRAP ? [] : [BOOTSTRAP];
  return {
    kind: isLate ? "stubbed" : stubs.length > 0 || !hasBucket ? "predicted" : "exact",
    restsOn: [...bucket, ...stubs.map(({ upstream }) => upstream)],
    inputs: Object.fromEntries(digests.map(({ digest, upstream }) => [upstream, digest])),
    stubs,
  };
}
