import type { S3Client } from "@aws-sdk/client-s3";
import { InputError } from "../../errors";
import { documentation } from "../../process/package-file";
import { stateKey, systemRecord, telltaleArns, type SystemRecord } from "../../system/state";
import type { System } from "../../system/system";
import { readState, type StoredState } from "./stored";

/** The prefix of every state of the first version. */
const FIRST_PREFIX = "codeseries";

const list = (words: readonly string[]) => words.join(", ");

/** How a state's record shows that it is of another system; undefined if it does not. */
export function difference(stored: SystemRecord, own: SystemRecord): string | undefined {
  const differ = (what: string, got: string, expected: string) =>
    got === expected ? undefined : `${what} is ${got} there and ${expected} in the configuration`;
  const accounts = Object.entries(stored.accounts).map(([name, id]) =>
    differ(`the account of ${name}`, id, own.accounts[name] ?? id),
  );
  const shared = stored.services.filter((service) => own.services.includes(service));
  const apart = shared.length === 0 && stored.services.length > 0 && own.services.length > 0;
  const services = `its services are ${list(stored.services)}, and none of them is in the configuration`;
  return [
    differ("the organization", stored.organization, own.organization),
    differ("the region", stored.region, own.region),
    ...accounts,
    apart ? services : undefined,
  ].find((found) => found !== undefined);
}

/** How a state that has resources shows that it is of another system; undefined if it does not. */
function foreign(state: StoredState, system: System, stack: string): string | undefined {
  const record = state.outputs?.system?.value as SystemRecord | undefined;
  if (record) return difference(record, systemRecord(system, stack));
  const arns = telltaleArns(system, stack);
  const resources = JSON.stringify(state.resources);
  if (arns.length === 0 || arns.some((arn) => resources.includes(JSON.stringify(arn)))) return undefined;
  return `it holds none of ${list([...new Set(arns)])}`;
}

const isEmpty = (state: StoredState | undefined) => (state?.resources ?? []).length === 0;

/**
 * Checks that the states that Terraform would change are of this system.
 *
 * @param accept Goes on although a state is of another system.
 * @throws InputError if a state is of another system, or is still where the first version kept it.
 */
export async function requireOwnStates(
  s3: S3Client,
  system: System,
  stacks: readonly string[],
  accept: boolean,
): Promise<void> {
  for (const stack of stacks) {
    const key = stateKey(system, stack);
    const state = await readState(s3, system.stateBucket, key);
    if (state === undefined) await requireNoOldState(s3, system, stack);
    const reason =
      accept || state === undefined || isEmpty(state) ? undefined : foreign(state, system, stack);
    if (reason !== undefined)
      throw new InputError(
        `s3://${system.stateBucket}/${key} is the state of another system: ${reason}`,
        "set another state.prefix, which keeps the two systems apart; --accept-state if it is this system",
      );
  }
}

/** Where the key of a state is new, the first version may have left a state of this system behind. */
async function requireNoOldState(s3: S3Client, system: System, stack: string): Promise<void> {
  if (system.statePrefix === FIRST_PREFIX) return;
  const key = stateKey({ statePrefix: FIRST_PREFIX }, stack);
  const state = await readState(s3, system.stateBucket, key);
  if (state === undefined || isEmpty(state)) return;
  const isUnknown = state.outputs?.system === undefined && telltaleArns(system, stack).length === 0;
  if (isUnknown || foreign(state, system, stack) !== undefined) return;
  throw new InputError(
    `s3://${system.stateBucket}/${key} is the state of this system, and there is none yet at ${stateKey(system, stack)}`,
    `set state.prefix: ${FIRST_PREFIX} to use it where it is, or move the states as in ${documentation("runbooks/state-keys.md")}`,
  );
}
