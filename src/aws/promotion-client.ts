import { ECRClient } from "@aws-sdk/client-ecr";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { Environment } from "../system/system";
import { TIMEOUTS } from "./client-settings";
import type { EnvironmentClients } from "./delivery-clients";
import { withExplainedErrors } from "./explain-errors";

/** The session name in CloudTrail: it tells promotions from pushes. */
const SESSION_NAME = "codeseries-promote";

/**
 * A client of ECR with the role that copies images to an environment.
 *
 * @param clients Of the environment's account; their credentials assume the role.
 */
export function promotionClient(
  { ecr }: EnvironmentClients,
  { account, arns }: Environment,
  region: string,
): ECRClient {
  const credentials = fromTemporaryCredentials({
    masterCredentials: ecr.config.credentials,
    params: { RoleArn: arns.promotionRole, RoleSessionName: SESSION_NAME },
    clientConfig: { region, requestHandler: TIMEOUTS },
  });
  return withExplainedErrors(new ECRClient({ region, credentials, requestHandler: TIMEOUTS }), account);
}
