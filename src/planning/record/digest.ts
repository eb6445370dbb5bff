import { createHash } from "node:crypto";
import type { PlanJson } from "../plan-json";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sorted = (_: string, value: unknown) =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** JSON that is the same for the same value: keys are in the order of the alphabet. */
export const canonicalJson = (value: unknown) => JSON.stringify(value, sorted);

/** In hexadecimal. */
export const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** What differs between two plans of the same change, on any machine, is not in it: time, state, versions. */
export type ChangeDigests = Readonly<Record<string, string>>;

/** A digest of each change of a plan by its address; of an output by `output.<name>`. */
export function changeDigests({ output_changes = {}, resource_changes = [] }: PlanJson): ChangeDigests {
  const resources = resource_changes
    .filter(
      ({ change: { actions, importing }, previous_address: previous }) =>
        actions.some((action) => action !== "no-op") || previous !== undefined || importing !== undefined,
    )
    .map((one) => [one.deposed === undefined ? one.address : `${one.address} ${one.deposed}`, one] as const);
  const outputs = Object.entries(output_changes)
    .filter(([, { actions }]) => actions.some((action) => action !== "no-op"))
    .map(([name, one]) => [`output.${name}`, one] as const);
  const digests = [...resources, ...outputs].map(([address, one]) => [address, sha256(canonicalJson(one))]);
  return Object.fromEntries(
    digests.sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
  ) as ChangeDigests;
}

/** The addresses of which one of two plans has another change, or none. */
export const differingChanges = (one: ChangeDigests, other: ChangeDigests): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((address) => one[address] !== other[address])
    .sort();
