import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
  IAMClient,
} from "@aws-sdk/client-iam";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
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
  const clientConfig = { endpoint: emulator.url, region, requestHandler: TIMEOUTS };
  const params = { RoleArn: assumedRoleArn(accountId, EMBEDDED_ROLE), RoleSessionName: USER };
  const masterCredentials = DEFAULT_CREDENTIALS;
  const credentials = fromTemporaryCredentials({ masterCredentials, params, clientConfig });
  const iam = new IAMClient({ ...clientConfig, credentials });
  await iam.send(new CreateUserCommand({ UserName: USER })).catch((error: unknown) => {
    // An existing user gets another key.
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  });
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: USER }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const operated = { ...emulator, operator: { accountId, accessKeyId, secretAccessKey } };
  writeRecord(operated);
  return operated;
}
