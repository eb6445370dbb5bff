import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AccountConfig } from "../config/schema";
import { Failure } from "../errors";
import { clientSettings } from "./client-settings";

/**
 * Checks that the credentials belong to the account, before anything is created.
 *
 * @param name The account's key in `accounts`.
 * @throws Failure if there are no credentials, AWS refuses them, or they belong to another account.
 */
export async function requireAccount(name: string, account: AccountConfig, region: string): Promise<void> {
  const { id } = account;
  const advice = `log in to account ${id}, or name assumeRole or profile in accounts.${name}`;
  const sts = new STSClient(clientSettings(account, region));
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Failure(
      `accounts.${name}: AWS accepted no credentials: ${(error as Error).message}; ${advice}`,
    );
  });
  if (identity.Account !== id)
    throw new Failure(
      `accounts.${name}: expected credentials of account ${id}, got ${identity.Arn ?? "no identity"}; ${advice}`,
    );
}
