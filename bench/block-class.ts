import { createRequire } from "node:module";
import type { TerraformDataSource, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** cdktf's own class of a type of resource or data source. */
export type BlockClass = (new (
  scope: Construct,
  id: string,
  props: unknown,
) => TerraformResource | TerraformDataSource) & { readonly tfResourceType: string };

const load = createRequire(__filename);
const found = new Map<string, BlockClass>();

const isClassOf =
  (type: string) =>
  (value: unknown): value is BlockClass =>
    typeof value === "function" && "tfResourceType" in value && value.tfResourceType === type;

function findClass(name: string, type: string): BlockClass {
  const exported = load(`@cdktf/provider-aws/lib/${name}`) as Record<string, unknown>;
  const construct = Object.values(exported).find(isClassOf(type));
  if (!construct) throw new Error(`@cdktf/provider-aws/lib/${name} has no class of ${type}`);
  return construct;
}

/** The class of a type, out of that type's own module: the package's root would load 1,500 others. */
export function blockClass(type: string, prefix: "" | "data."): BlockClass {
  const name = (prefix === "" ? type.replace(/^aws_/, "") : `data_${type}`).replaceAll("_", "-");
  const construct = found.get(name) ?? findClass(name, type);
  found.set(name, construct);
  return construct;
}
