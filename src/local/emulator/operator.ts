import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { TIMEOUTS } from "../../aws/client-settings";
import { assumedRoleArn } from "../../system/arns";
import {
  EMBEDDED_ROLE,
  runningEmulator,
  writeRecord,
  type Emulator,
  type OperatedEmulator,
} from "./emulator";

const USER = "codeseries-operator";

/** moto accepts any key, as one of its default account. */
const DEFAULT_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * The embedded AWS with an IAM user that deploys into an account; one that it has already is kept. moto
 * derives the account from the access key, so this user's key works like the login of an operator there.
 */
export async function withOperator(
  emulator: Emulator,
  accountId: string,
  region: string,
): Promise<OperatedEmulator> {
  const running = runningEmulator();
  if (running?.operator.accountId === accountId) return running;
  const settings = { endpoint: emulator.url, region, requestHandler: TIMEOUTS };
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
  const operator = {
    accountId,
    accessKeyId: key?.AccessKeyId ?? "",
    secretAccessKey: key?.SecretAccessKey ?? "",
  };
  const operated = { ...emulator, operator };
  writeRecord(operated);
  return operated;
}
