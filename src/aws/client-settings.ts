import { fromEnv, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import type { AccountConfig } from "../config/schema";
import { assumedRoleArn } from "../system/arns";
import { untilExpiry } from "./until-expiry";

/** The session name in CloudTrail and in AWS's messages. */
const SESSION_NAME = "codeseries";

/** Milliseconds. Without timeouts an endpoint that does not answer would block a command forever. */
export const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** For Terraform, keys in the environment override `AWS_PROFILE`; for the SDK it is the other way round. */
const hasKeys = () => Boolean(process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY);

/**
 * The credentials that Terraform's provider uses for an account: those of its profile or of the
 * environment, or of the role that these assume if the account names one.
 */
export function accountCredentials(account: AccountConfig, region: string): AwsCredentialIdentityProvider {
  const { id, profile, assumeRole } = account;
  const clientConfig = { region, requestHandler: TIMEOUTS };
  const own =
    profile === undefined && hasKeys() ? fromEnv() : fromNodeProviderChain({ profile, clientConfig });
  if (assumeRole === undefined) return own;
  const assumed = fromTemporaryCredentials({
    masterCredentials: own,
    params: { RoleArn: assumedRoleArn(id, assumeRole), RoleSessionName: SESSION_NAME },
    clientConfig,
  });
  return untilExpiry(assumed);
}

/** The settings of an SDK client for an account. */
export const clientSettings = (account: AccountConfig, region: string) => ({
  region,
  credentials: accountCredentials(account, region),
  requestHandler: TIMEOUTS,
});
