import type { S3Client } from "@aws-sdk/client-s3";
import { stateKey } from "../system/state";
import type { System } from "../system/system";
import { hasBucket } from "../terraform/state/bucket";
import { readState, storedStacks, type StoredState } from "../terraform/state/stored";

/** The states of a system's stacks, as they are stored. */
export interface States {
  readonly hasBucket: boolean;
  /** Undefined if the stack has none. */
  of(stack: string): Promise<StoredState | undefined>;
  /** The names of all stacks that have a state with resources. */
  names(): Promise<string[]>;
}

/** The states in the system's bucket. */
export async function statesOf(
  s3: S3Client,
  system: Pick<System, "stateBucket" | "statePrefix" | "shared">,
): Promise<States> {
  const { shared, stateBucket, statePrefix } = system;
  const exists = await hasBucket(s3, stateBucket, shared.id);
  const of = (stack: string) => readState(s3, stateBucket, stateKey(system, stack));
  return {
    hasBucket: exists,
    of: async (stack) => (exists ? of(stack) : undefined),
    async names() {
      const stored = exists ? await storedStacks(s3, stateBucket, statePrefix) : [];
      const states = await Promise.all(stored.map(async (name) => ({ name, state: await of(name) })));
      return states.filter(({ state }) => (state?.resources ?? []).length > 0).map(({ name }) => name);
    },
  };
}
