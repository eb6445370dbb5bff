import { parseString, type Reference } from "./expression";
import { blockClass, type BlockClass } from "./block-class";
import type { Blocks, Json, StackJson } from "./stack-json";
import { plainTemplate, propsTemplate, type Template } from "./template";

/** A resource or data source to be made. */
export interface PlannedBlock {
  readonly address: string;
  readonly id: string;
  readonly construct: BlockClass;
  readonly props: Template;
  /** Addresses. */
  readonly dependsOn: readonly string[];
}

/** A stack, its blocks each after those that it refers to. */
export interface PlannedStack {
  readonly name: string;
  readonly provider: Template;
  readonly backend: Template;
  readonly blocks: readonly PlannedBlock[];
  readonly outputs: readonly (readonly [string, Template])[];
}

/** What cdktf adds by itself for a reference from one stack to another. */
const REMOTE_STATE = "terraform_remote_state";
const CROSS_STACK_OUTPUT = "cross-stack-output-";

function plannedBlocks(blocks: Blocks = {}, prefix: "" | "data." = ""): PlannedBlock[] {
  return Object.entries(blocks)
    .filter(([type]) => type !== REMOTE_STATE)
    .flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, { depends_on: dependsOn = [], ...content }]) => ({
        address: `${prefix}${type}.${id}`,
        id,
        construct: blockClass(type, prefix),
        props: propsTemplate(content),
        dependsOn: dependsOn as string[],
      })),
    );
}

/** Each block after those of its own stack that it needs, as a person would have written them. */
export function inOrder(blocks: readonly PlannedBlock[]): PlannedBlock[] {
  const waiting = new Map(blocks.map((block) => [block.address, block]));
  const ordered: PlannedBlock[] = [];
  const place = (address: string) => {
    const block = waiting.get(address);
    if (!block) return;
    waiting.delete(address);
    for (const reference of block.props.references) place(reference.address);
    block.dependsOn.forEach(place);
    ordered.push(block);
  };
  for (const { address } of blocks) place(address);
  return ordered;
}

/** What a stack would have been, had somebody written it down without our layers. */
export function planStack(
  name: string,
  { resource, data, output, provider, terraform }: StackJson,
): PlannedStack {
  const outputs = Object.entries(output ?? {}).filter(([id]) => !id.startsWith(CROSS_STACK_OUTPUT));
  return {
    name,
    provider: propsTemplate(provider.aws?.[0] ?? {}),
    backend: propsTemplate(terraform.backend.s3 ?? {}),
    blocks: inOrder([...plannedBlocks(data, "data."), ...plannedBlocks(resource)]),
    outputs: outputs.map(([id, { value }]) => [id, plainTemplate(value)]),
  };
}

/** The reference behind each output that cdktf made for another stack, by the address in that stack. */
export function crossStackReferences(stacks: ReadonlyMap<string, StackJson>): Map<string, Reference> {
  const references = new Map<string, Reference>();
  for (const [stack, { output = {} }] of stacks)
    for (const [id, { value }] of Object.entries(output))
      if (id.startsWith(CROSS_STACK_OUTPUT))
        references.set(`${remoteState(stack)}.outputs.${id}`, onlyReference(value));
  return references;
}

const remoteState = (stack: string) => `data.${REMOTE_STATE}.cross-stack-reference-input-${stack}`;

function onlyReference(value: Json): Reference {
  const [part] = typeof value === "string" ? parseString(value) : [];
  if (typeof part !== "object" || part.kind !== "reference")
    throw new Error(`expected a reference, got ${JSON.stringify(value)}`);
  return part;
}
