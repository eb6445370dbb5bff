import { cpSync, readFileSync, writeFileSync } from "node:fs";
import type { EmbeddedProject } from "./embedded-project";

interface Resource {
  lifecycle?: { ignore_changes?: readonly string[] };
}

interface Change {
  readonly address: string;
  readonly change: Readonly<Record<"before" | "after", Readonly<Record<string, unknown>> | null>>;
}

/** Ignored attributes of a synthesized stack, as `aws_lb_listener_rule: action`. */
export interface Ignored {
  /** What the plan of the same stack would change, were it not ignored. */
  readonly needed: readonly string[];
  readonly needless: readonly string[];
}

const unique = (lines: readonly string[]) => [...new Set(lines)].sort();

/**
 * Plans a stack without its `ignore_changes`, in a copy of its folder. The attributes do not depend on each other:
 * the plan shows each with its resource, so that one plan shows them all.
 */
export async function withoutIgnoring(system: EmbeddedProject, stack: string): Promise<Ignored> {
  const copy = `${stack}-without-ignoring`;
  const folder = system.file("out", "stacks", copy);
  cpSync(system.file("out", "stacks", stack), folder, { recursive: true });
  const file = `${folder}/cdk.tf.json`;
  const synthesized = JSON.parse(readFileSync(file, "utf8")) as {
    resource: Record<string, Record<string, Resource>>;
  };
  const ignored: { readonly type: string; readonly address: string; readonly attribute: string }[] = [];
  for (const [type, resources] of Object.entries(synthesized.resource))
    for (const [name, { lifecycle }] of Object.entries(resources)) {
      for (const attribute of lifecycle?.ignore_changes ?? [])
        ignored.push({ type, address: `${type}.${name}`, attribute });
      delete lifecycle?.ignore_changes;
    }
  writeFileSync(file, JSON.stringify(synthesized));
  const planned = await system.terraform(copy, "plan", "-lock=false", "-out=plan", "-no-color");
  if (planned.code !== 0) throw new Error(planned.out + planned.err);
  const { out } = await system.terraform(copy, "show", "-json", "plan");
  const { resource_changes: changes } = JSON.parse(out) as { resource_changes: readonly Change[] };
  const differs = ({ address, attribute }: (typeof ignored)[number]) => {
    const { after, before } = changes.find((one) => one.address === address)?.change ?? {};
    return JSON.stringify(before?.[attribute]) !== JSON.stringify(after?.[attribute]);
  };
  const lineOf = ({ attribute, type }: (typeof ignored)[number]) => `${type}: ${attribute}`;
  const needed = unique(ignored.filter(differs).map(lineOf));
  return { needed, needless: unique(ignored.map(lineOf)).filter((line) => !needed.includes(line)) };
}
