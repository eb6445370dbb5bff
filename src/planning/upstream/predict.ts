import { InputError } from "../../errors";
import { resolve, unescapeTemplate } from "../../synthesis/references";
import type { Stacks } from "../../synthesis/synthesized";
import type { Outputs } from "../plan-json";
import { marker, markerOf } from "./marker";

/** An output of a stack as it will be after the stack is applied. */
export interface Predicted {
  readonly value: unknown;
  /** In the form of Terraform's states; left out if only its value is known. */
  readonly type?: unknown;
  readonly sensitive: boolean;
  /** Whether something in it is known only after the apply, so that a marker stands for it. */
  readonly isLate: boolean;
}

/**
 * Outputs of a stack as they will be: as its plan knows them, else resolved from the synthesized stack, else
 * with markers.
 *
 * @param names Of the outputs. One that the stack does not have is left out: Terraform names it.
 * @param planned What the stack's own plan says about its outputs.
 */
export function predict(
  stacks: Stacks,
  stack: string,
  names: readonly string[],
  planned: Outputs,
): Readonly<Record<string, Predicted>> {
  const synthesized = stacks[stack]?.output ?? {};
  const entries = names.flatMap((name) => {
    const block = synthesized[name];
    if (block === undefined) return [];
    const sensitive = block.sensitive === true;
    const known = planned[name];
    if (known?.isKnown) return [[name, { ...known, sensitive, isLate: false }] as const];
    return [[name, { ...resolved(stacks, stack, block.value), sensitive }] as const];
  });
  return Object.fromEntries(entries);
}

function resolved(stacks: Stacks, stack: string, value: unknown): { value: unknown; isLate: boolean } {
  let isLate = false;
  const resolveText = (text: string) => {
    try {
      return unescapeTemplate(
        resolve(stacks, stack, text, (late) => {
          isLate = true;
          return markerOf(late);
        }),
      );
    } catch (error) {
      // An expression that is more than references.
      if (!(error instanceof InputError)) throw error;
      isLate = true;
      return marker(stack);
    }
  };
  const inside = (inner: unknown): unknown => {
    if (typeof inner === "string") return resolveText(inner);
    if (Array.isArray(inner)) return inner.map(inside);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, inside(one)]));
  };
  return { value: inside(value), isLate };
}
