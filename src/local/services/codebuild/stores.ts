import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { AssumedRole, EmbeddedClients } from "../../../aws/embedded-clients";
import { BuildError } from "./buildspec/build-error";
import { valueOfSecret, type VariableStores } from "./buildspec/variables";

/** Parameter Store and Secrets Manager, read with the credentials of a build's role. */
export const storesOf = (clients: EmbeddedClients, role: AssumedRole, region: string): VariableStores => ({
  async parameter(name) {
    const command = new GetParametersCommand({ Names: [name], WithDecryption: true });
    const { Parameters: [parameter] = [] } = await clients
      .asRole(SSMClient, role, region)
      .send(command)
      .catch((error: unknown) => refused("Decrypted Variables Error Message", error));
    if (parameter?.Value === undefined)
      throw new BuildError("Decrypted Variables Error Message", `parameter does not exist: ${name}`);
    return parameter.Value;
  },
  async secret({ jsonKey, secretId, versionId, versionStage }) {
    const input = { SecretId: secretId, VersionId: versionId, VersionStage: versionStage };
    const { SecretString = "" } = await clients
      .asRole(SecretsManagerClient, role, region)
      .send(new GetSecretValueCommand(input))
      .catch((error: unknown) => refused("Secrets Manager Error Message", error));
    return valueOfSecret(SecretString, jsonKey);
  },
});

function refused(statusCode: string, error: unknown): never {
  const { message, name } = error as Error;
  throw new BuildError(statusCode, `${name}: ${message}`);
}
