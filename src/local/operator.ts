import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { TIMEOUTS } from "../aws/client-settings";
import { assumedRoleArn } from "../naming/arns";

/** Long-lived credentials of a user of the embedded AWS; they are worth nothing anywhere else. */
export interface AccessKey {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A role that moto lets anybody assume, in any account: it need not exist. */
export const EMBEDDED_ROLE = "codeseries-embedded-aws";

const USER = "codeseries-operator";

/** What moto takes for its default account's credentials. */
const ANYBODY = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * Makes the person who deploys: a user of an account. moto tells accounts apart by their access keys, so
 * whoever acts with this key acts in that account, as an operator who is logged in there.
 */
export async function createOperator(
  endpoint: string,
  accountId: string,
  region: string,
): Promise<AccessKey> {
  const sts = new STSClient({ endpoint, region, credentials: ANYBODY, requestHandler: TIMEOUTS });
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({ RoleArn: assumedRoleArn(accountId, EMBEDDED_ROLE), RoleSessionName: USER }),
  );
  const credentials = {
    accessKeyId: session?.AccessKeyId ?? "",
    secretAccessKey: session?.SecretAccessKey ?? "",
  };
  const iam = new IAMClient({ endpoint, region, credentials, requestHandler: TIMEOUTS });
  await iam.send(new CreateUserCommand({ UserName: USER })).catch((error: unknown) => {
    // Here before, with another key.
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  });
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: USER }));
  return { accountId, accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
}
