import type { Change } from "./change";
import { textsIn } from "./values";

/** What a review puts in place of a value that is known only after another stack was applied. */
export const STUB = /known-after-([\w-]+)-is-applied/;

/** The attributes of a change that rest on such values, as `known after dev is applied: role_arn`. */
export function lateAttributes({ after }: Change): string[] {
  const byStack = new Map<string, string[]>();
  for (const [key, value] of Object.entries(after)) {
    const stacks = [...textsIn(value)].flatMap((text) => STUB.exec(text)?.[1] ?? []);
    for (const stack of new Set(stacks)) byStack.set(stack, [...(byStack.get(stack) ?? []), key]);
  }
  return [...byStack].map(([stack, keys]) => `known after ${stack} is applied: ${keys.join(", ")}`);
}
