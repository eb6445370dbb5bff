import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../errors";

type Named<T> = Readonly<Record<string, T>>;

/** A stack's `cdk.tf.json`, as far as it is used to run it. */
export interface StackFile {
  readonly provider?: {
    readonly aws?: readonly {
      readonly allowed_account_ids: readonly [string];
      readonly assume_role?: unknown;
      readonly profile?: string;
    }[];
  };
  readonly terraform: { readonly backend: { readonly s3: Named<unknown> } };
  /** By type and name, with the path in the construct tree. */
  readonly resource?: Named<Named<{ readonly "//"?: { readonly metadata?: { readonly path?: string } } }>>;
  readonly data?: { readonly terraform_remote_state?: Named<{ readonly config: Named<unknown> }> };
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
