import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../process/failure";

/** A resource as cdktf synthesizes it, with where it stands in the tree of constructs. */
interface Resource {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

/** What a stack's `cdk.tf.json` holds, as far as running it needs. */
export interface StackFile {
  readonly provider?: { readonly aws?: readonly ProviderBlock[] };
  readonly terraform: { readonly backend: { readonly s3: Readonly<Record<string, unknown>> } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, RemoteState>> };
}

export interface ProviderBlock {
  readonly allowed_account_ids: readonly [string];
  readonly assume_role?: unknown;
  readonly profile?: string;
}

export interface RemoteState {
  readonly config: Readonly<Record<string, unknown>>;
}

/** What cdktf synthesizes of a stack. */
export const STACK_FILE = "cdk.tf.json";

/** The folder that Terraform runs in for a stack. */
export const stackFolder = (outdir: string, stack: string) => join(outdir, "stacks", stack);

/**
 * Reads what was synthesized for a stack.
 *
 * @throws Failure where nothing was.
 */
export function readStackFile(folder: string): StackFile {
  const file = join(folder, STACK_FILE);
  if (!existsSync(file)) throw new Failure(`${file} is not there: run npm run synth`);
  return JSON.parse(readFileSync(file, "utf8")) as StackFile;
}

/** Every resource of a stack by its address, called by its type and its place in the tree. */
export function resourceLabels({ resource = {} }: StackFile): Map<string, string> {
  const entries = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]): [string, string] => {
      const path = block["//"]?.metadata?.path?.split("/").slice(1).join("/");
      return [`${type}.${name}`, `${type} ${path ?? name}`];
    }),
  );
  return new Map(entries);
}
