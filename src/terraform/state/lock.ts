import type { S3Client } from "@aws-sdk/client-s3";
import { lockKey } from "../../system/state";
import type { System } from "../../system/system";
import { readObject } from "./stored";

/** The content of a lock. @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go */
export interface StateLock {
  readonly ID: string;
  /** Such as `OperationTypeApply`. */
  readonly Operation: string;
  /** As `user@host`. */
  readonly Who: string;
  /** ISO 8601. */
  readonly Created: string;
}

/** The lock on a stack's state; undefined if it is not locked. */
export async function readStateLock(
  s3: S3Client,
  system: Pick<System, "stateBucket" | "statePrefix">,
  stack: string,
): Promise<StateLock | undefined> {
  const text = await readObject(s3, system.stateBucket, lockKey(system, stack));
  return text === undefined ? undefined : (JSON.parse(text) as StateLock);
}

/** Who holds the lock, since when, and how to release it after that run has ended. */
export function describeLock(stack: string, folder: string, { ID, Operation, Who, Created }: StateLock) {
  const operation = Operation.replace(/^OperationType/, "").toLowerCase();
  return `${stack}: the state is locked by ${Who} (terraform ${operation}) since ${Created}, lock ID ${ID}.
If that run has ended without unlocking:
  terraform -chdir=${folder} force-unlock -force ${ID}`;
}
