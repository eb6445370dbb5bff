import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { TIMEOUTS } from "../../aws/client-settings";
import { assumedRoleArn } from "../../system/arns";
import { runningEmulator, writeRecord, type Emulator, type OperatedEmulator } from "./emulator";

/** Credentials of a user of the embedded AWS; they are not valid anywhere else. */
export interface AccessKey {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** moto lets everybody assume this role, in any account; it does not have to exist. */
export const EMBEDDED_ROLE = "codeseries-embedded-aws";

const USER = "codeseries-operator";

/** moto accepts any key, as one of its default account. */
const DEFAULT_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * Creates the IAM user that deploys. moto derives the account from the access key, so this user's key
 * works like the login of an operator in that account.
 */
async function createOperator(endpoint: string, accountId: string, region: string): Promise<AccessKey> {
  const settings = { endpoint, region, requestHandler: TIMEOUTS };
  const sts = new STSClient({ ...settings, credentials: DEFAULT_CREDENTIALS });
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({ RoleArn: assumedRoleArn(accountId, EMBEDDED_ROLE), RoleSessionName: USER }),
  );
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = session ?? {};
  const iam = new IAMClient({ ...settings, credentials: { accessKeyId, secretAccessKey } });
  await iam.send(new CreateUserCommand({ UserName: USER })).catch((error: unknown) => {
    // An existing user gets another key.
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  });
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: USER }));
  return { accountId, accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
}

/** The embedded AWS with an operator in an account; one that it has already is kept. */
export async function withOperator(
  emulator: Emulator,
  accountId: string,
  region: string,
): Promise<OperatedEmulator> {
  const running = runningEmulator();
  if (running?.operator.accountId === accountId) return running;
  const operator = await createOperator(emulator.url, accountId, region);
  const operated = { ...emulator, operator };
  writeRecord(operated);
  return operated;
}
