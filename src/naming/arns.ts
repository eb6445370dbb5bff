/** ARNs of things that another stack or account owns, built from their names. */

/** Path of the shared account's service roles, as the AWS consoles make them. */
export const SERVICE_ROLE_PATH = "/service-role/";

/** Where resources of one account and region live. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

export const roleArn = (accountId: string, name: string, path = "/") =>
  `arn:aws:iam::${accountId}:role${path}${name}`;

export const bucketArn = (name: string) => `arn:aws:s3:::${name}`;

export const buildProjectArn = ({ region, accountId }: Place, name: string) =>
  `arn:aws:codebuild:${region}:${accountId}:project/${name}`;

export const logGroupArn = ({ region, accountId }: Place, name: string) =>
  `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

/** The host of an account's private ECR registry. */
export const registryHost = ({ region, accountId }: Place) => `${accountId}.dkr.ecr.${region}.amazonaws.com`;

/** The role that a reference means: an ARN as it is, a bare name in the account at hand. */
export const assumedRoleArn = (accountId: string, reference: string) =>
  reference.startsWith("arn:") ? reference : roleArn(accountId, reference);
