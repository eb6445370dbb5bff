import type { Predicted } from "./predict";

/** The type of a value as Terraform's states have it. @see https://github.com/zclconf/go-cty/blob/main/docs/json.md */
export function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value === "object" && value !== null)
    return ["object", Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeOf(one)]))];
  const types: Readonly<Record<string, string>> = { string: "string", number: "number", boolean: "bool" };
  return types[typeof value] ?? "dynamic";
}

/** A state that has only outputs, for `terraform_remote_state`. Terraform reads any state of version 4. */
export const stubState = (outputs: Readonly<Record<string, Predicted>>) => ({
  version: 4,
  terraform_version: "1.11.0",
  serial: 1,
  lineage: "a review's own state, which nothing is applied to",
  outputs: Object.fromEntries(
    Object.entries(outputs).map(([name, { sensitive, type, value }]) => [
      name,
      { value, type: type ?? typeOf(value), ...(sensitive && { sensitive }) },
    ]),
  ),
  resources: [],
  check_results: null,
});
