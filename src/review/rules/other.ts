import type { Change } from "../plan/change";
import { carries } from "./kinds";
import type { Finding, Rule } from "./rule";
import { endOf, settingDestroyed } from "./setting-destroyed";

export const otherUpdate: Rule = {
  name: "other-update",
  finds: "an attribute of a known type changes that no other rule judges",
  fact: "The change is made in place. What it does is in the documentation of the resource.",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  judge: () => undefined,
};

export const unknownType: Rule = {
  name: "unknown-type",
  finds: "a type of resource that no rule knows",
  fact: "Rules know the types that codeseries makes, and common others.",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  judge: () => undefined,
};

export const unknownValues: Rule = {
  name: "unknown-values",
  finds: "an update whose new values are known only at apply",
  fact: "Terraform knows a value only after the resource that gives it was changed. What it will be cannot be reviewed.",
  see: "https://developer.hashicorp.com/terraform/language/expressions/references#values-not-yet-known",
  judge: () => undefined,
};

/** What is said about a change, or a part of it, that no rule judged. */
export function unjudged(change: Change, judged: readonly string[]): [Rule, Finding][] {
  const { changed, ends, kind, type } = change;
  const known = carries(type) !== undefined;
  if (known && ends) return [[settingDestroyed, endOf(kind)]];
  if (kind !== "update") return [[unknownType, { verdict: "look", why: `${kind}: no rule knows this type` }]];
  const rest = changed.filter((key) => !judged.includes(key));
  const late = rest.filter((key) => change.isUnknown(key));
  const other = rest.filter((key) => !late.includes(key));
  return [
    ...(late.length > 0 ? [found(unknownValues, `known only at apply: ${late.join(", ")}`)] : []),
    ...(other.length > 0 ? [found(known ? otherUpdate : unknownType, `changes ${other.join(", ")}`)] : []),
  ];
}

const found = (rule: Rule, why: string): [Rule, Finding] => [rule, { verdict: "look", why }];
