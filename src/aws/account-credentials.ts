import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import type { Account } from "../config/schema";
import { assumedRoleArn } from "../naming/arns";

/** How CloudTrail and AWS's messages call who acts here. */
const SESSION_NAME = "codeseries";

/**
 * The credentials that Terraform's provider takes for an account: of its profile, or else of the
 * surroundings, and of the role that these assume where the account names one.
 */
export function accountCredentials(account: Account, region: string): AwsCredentialIdentityProvider {
  const { id, profile, assumeRole } = account;
  const own = fromNodeProviderChain({ profile, clientConfig: { region } });
  if (assumeRole === undefined) return own;
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: { RoleArn: assumedRoleArn(id, assumeRole), RoleSessionName: SESSION_NAME },
    clientConfig: { region },
  });
}
