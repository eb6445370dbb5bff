import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../errors";

/** A resource as cdktf synthesizes it, with its path in the construct tree. */
interface Resource {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

/** A stack's `cdk.tf.json`, as far as it is used to run it. */
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

/** The file that cdktf synthesizes for a stack. */
export const STACK_FILE = "cdk.tf.json";

/** Replaces the backend of bootstrap with a local one while the bucket does not exist. */
export const BOOTSTRAP_OVERRIDE = "backend_override.tf.json";

/** The folder that Terraform runs in for a stack. */
export const stackFolder = (outdir: string, stack: string) => join(outdir, "stacks", stack);

/**
 * Reads a synthesized stack.
 *
 * @throws Failure if it was not synthesized.
 */
export function readStackFile(folder: string): StackFile {
  const file = join(folder, STACK_FILE);
  if (!existsSync(file)) throw new Failure(`${file} does not exist; run npx codeseries synth first`);
  return JSON.parse(readFileSync(file, "utf8")) as StackFile;
}

/** Labels for the resources of a stack, by address: the type and the path in the construct tree. */
export function resourceLabels({ resource = {} }: StackFile): Map<string, string> {
  const entries = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]): [string, string] => {
      const path = block["//"]?.metadata?.path?.split("/").slice(1).join("/");
      return [`${type}.${name}`, `${type} ${path ?? name}`];
    }),
  );
  return new Map(entries);
}
