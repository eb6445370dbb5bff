import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import { Failure } from "../process/failure";

/** An account that a stack is for, and how the configuration calls it. */
export interface Expected {
  readonly name: string;
  readonly id: string;
  readonly region: string;
}

/**
 * Makes sure that credentials are of the account that is meant, before anything is made with them.
 *
 * @throws Failure where there are no credentials, or AWS refuses them, or they are of another account.
 */
export async function requireAccount(
  credentials: AwsCredentialIdentityProvider,
  { name, id, region }: Expected,
): Promise<void> {
  const advice = `log in to account ${id}, or name assumeRole or profile in accounts.${name}`;
  const sts = new STSClient({ region, credentials });
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Failure(
      `accounts.${name}: no credentials that AWS takes: ${(error as Error).message}; ${advice}`,
    );
  });
  if (identity.Account !== id)
    throw new Failure(
      `accounts.${name}: expected credentials of account ${id}, got ${identity.Arn ?? "nobody"}; ${advice}`,
    );
}
