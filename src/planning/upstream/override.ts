import { join } from "node:path";
import type { Reads } from "./reads";

/** Terraform merges override files in the order of their names: it comes after those of the embedded AWS. */
export const REVIEW_OVERRIDE = "review_override.tf.json";

/** Where a stub of another stack's state is, below the folder that Terraform runs in. */
export const stubFile = (stack: string) => join("stubs", `${stack}.tfstate`);

/**
 * What differs for a stack that is planned before its upstream is applied.
 *
 * @param hasBucket Without the state bucket, the stack's own state is a local one, which does not exist.
 * @param stubbed What it reads of stacks whose states are stubs.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export const reviewOverride = (hasBucket: boolean, stubbed: readonly Reads[]) => ({
  ...(!hasBucket && { terraform: { backend: { local: { path: "none.tfstate" } } } }),
  ...(stubbed.length > 0 && {
    data: {
      terraform_remote_state: Object.fromEntries(
        stubbed.map(({ dataSource, upstream }) => [
          dataSource,
          { backend: "local", config: { path: stubFile(upstream) } },
        ]),
      ),
    },
  }),
});
