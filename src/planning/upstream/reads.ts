import type { Stacks } from "../../synthesis/synthesized";

/** What a stack reads of the state of another. */
export interface Reads {
  /** The stack whose state it is. */
  readonly upstream: string;
  /** The name of the data source `terraform_remote_state`. */
  readonly dataSource: string;
  /** Names of outputs, in the order of the alphabet. */
  readonly outputs: readonly string[];
}

const OUTPUT = /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;

const keyIn = (config: unknown) => (config as { readonly key?: unknown } | undefined)?.key;

/** The outputs of other stacks that a stack reads. */
export function readsOf(stacks: Stacks, name: string): Reads[] {
  const stack = stacks[name] ?? {};
  const used = [...JSON.stringify(stack).matchAll(OUTPUT)];
  return Object.entries(stack.data?.terraform_remote_state ?? {}).flatMap(([dataSource, block]) => {
    const key = keyIn(block.config);
    const upstream = Object.keys(stacks).find((one) => keyIn(stacks[one]?.terraform?.backend?.s3) === key);
    const outputs = used.flatMap(([, source, output = ""]) => (source === dataSource ? [output] : []));
    return upstream === undefined ? [] : [{ upstream, dataSource, outputs: [...new Set(outputs)].sort() }];
  });
}
