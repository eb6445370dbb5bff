import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Account } from "../config/schema";
import { Failure } from "../process/failure";
import { clientSettings } from "./client-settings";

/**
 * Makes sure that who acts is of the account that is meant, before anything is made there.
 *
 * @param name The account's key in `accounts`.
 * @throws Failure where there are no credentials, or AWS refuses them, or they are of another account.
 */
export async function requireAccount(name: string, account: Account, region: string): Promise<void> {
  const { id } = account;
  const advice = `log in to account ${id}, or name assumeRole or profile in accounts.${name}`;
  const sts = new STSClient(clientSettings(account, region));
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
