import type { LateAttribute } from "../../synthesis/references";

/** A value that only the apply of a stack gives. A review finds it in a plan wherever it went. */
export const marker = (stack: string) => `known-after-${stack}-is-applied`;

/** A marker of the form that providers accept in place of the attribute. */
export function markerOf({ attribute, id, place, stack, type }: LateAttribute): string {
  if (!/(^|_)arn$/.test(attribute)) return marker(stack);
  const [, service = ""] = type.split("_");
  return `arn:aws:${service}:${place.region}:${place.accountId}:${marker(stack)}/${id}`;
}
