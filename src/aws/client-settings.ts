import { fromEnv, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import type { Account } from "../config/schema";
import { assumedRoleArn } from "../naming/arns";

/** How CloudTrail and AWS's messages call who acts here. */
const SESSION_NAME = "codeseries";

/** Milliseconds; an address that swallows what it is sent must not hold a command for ever. */
export const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** Keys in the environment win over `AWS_PROFILE` for Terraform; the SDK would have it the other way round. */
const hasKeys = () => Boolean(process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY);

/**
 * The credentials that Terraform's provider takes for an account: of its profile, or else of the
 * surroundings, and of the role that these assume where the account names one.
 */
export function accountCredentials(account: Account, region: string): AwsCredentialIdentityProvider {
  const { id, profile, assumeRole } = account;
  const clientConfig = { region, requestHandler: TIMEOUTS };
  const own =
    profile === undefined && hasKeys() ? fromEnv() : fromNodeProviderChain({ profile, clientConfig });
  if (assumeRole === undefined) return own;
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: { RoleArn: assumedRoleArn(id, assumeRole), RoleSessionName: SESSION_NAME },
    clientConfig,
  });
}

/** What a client of an account's API is made with. */
export const clientSettings = (account: Account, region: string) => ({
  region,
  credentials: accountCredentials(account, region),
  requestHandler: TIMEOUTS,
});
