import type { OperatedEmulator } from "./emulator/emulator";
import { gitVariables } from "./services/codecommit/variables";

/** Variables that lead aws, Terraform, cdktf and git to the embedded AWS. */
export function embeddedVariables(
  { url, operator }: Pick<OperatedEmulator, "url" | "operator">,
  region: string,
  terraform: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: operator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: operator.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    ...(terraform.TF_CLI_CONFIG_FILE !== undefined && { TF_CLI_CONFIG_FILE: terraform.TF_CLI_CONFIG_FILE }),
    ...gitVariables(region),
  };
}

/** Replaces the environment's settings for AWS and Terraform, so that no credentials of a real AWS reach Terraform. */
export function applyEnvironment(env: NodeJS.ProcessEnv, variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(env))
    if (/^(AWS_(?!SDK_)|TF_)/.test(name)) Reflect.deleteProperty(env, name);
  const noFiles = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  Object.assign(env, noFiles, variables);
}

/** Names of variables in the environment that override those of the embedded AWS. */
export const conflictingVariables = (env: NodeJS.ProcessEnv) =>
  Object.keys(env).filter((name) =>
    /^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL_\w+|IGNORE_CONFIGURED_ENDPOINT_URLS)$/.test(name),
  );

const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

/** Lines for the `eval` of a shell. */
export const exportLines = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join("\n");
