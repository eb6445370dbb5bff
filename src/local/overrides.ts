import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountConfig, Config } from "../config/schema";
import { systemOf } from "../system/system";
import { assumedRoleArn } from "../system/arns";
import { BACKEND_RECORD } from "../terraform/initialization";
import { readStackFile, type StackFile } from "../terraform/stack-folder";
import { EMBEDDED_ROLE, runningEmulator } from "./emulator/emulator";

/** Terraform merges override files in the order of their names, so `backend_override` of bootstrap comes after it. */
export const EMBEDDED_OVERRIDE = "aws_embedded_override.tf.json";

/** JSON leaves out what is undefined. */
const withoutProfile = (block: Readonly<Record<string, unknown>>) => ({ ...block, profile: undefined });

/**
 * What differs for a stack in the embedded AWS: profiles do not exist on this machine, and an account
 * other than the operator's needs a role to assume. Terraform merges it into the synthesized stack.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function embeddedOverride(
  { provider, terraform, data }: StackFile,
  operatorsAccount: string,
): Record<string, unknown> | undefined {
  const aws = provider?.aws?.[0];
  if (!aws) return undefined;
  const [account] = aws.allowed_account_ids;
  const needsRole = aws.assume_role === undefined && account !== operatorsAccount;
  const hasProfile = aws.profile !== undefined;
  const role = needsRole ? [{ role_arn: assumedRoleArn(account, EMBEDDED_ROLE) }] : undefined;
  const block = { assume_role: role, profile: hasProfile ? null : undefined };
  const { s3 } = terraform.backend;
  const states = Object.entries(data?.terraform_remote_state ?? {})
    .filter(([, { config }]) => config.profile)
    .map(([name, { config }]) => [name, { config: withoutProfile(config) }] as const);
  const override = {
    provider: needsRole || hasProfile ? { aws: [block] } : undefined,
    terraform: s3.profile === undefined ? undefined : { backend: { s3: withoutProfile(s3) } },
    data: states.length === 0 ? undefined : { terraform_remote_state: Object.fromEntries(states) },
  };
  return Object.values(override).some(Boolean) ? override : undefined;
}

const stacksIn = (outdir: string) => {
  const stacks = join(outdir, "stacks");
  return existsSync(stacks) ? readdirSync(stacks).map((stack) => join(stacks, stack)) : [];
};

/** Makes the synthesized stacks lead to the embedded AWS. */
export function writeOverrides(outdir: string, config: Config): void {
  for (const folder of stacksIn(outdir)) {
    const file = join(folder, EMBEDDED_OVERRIDE);
    const override = embeddedOverride(readStackFile(folder), systemOf(config).shared.id);
    if (override) writeFileSync(file, JSON.stringify(override, undefined, 2));
    else rmSync(file, { force: true });
  }
}

/** Makes them lead to the accounts of the configuration again. */
export function removeOverrides(outdir: string): void {
  for (const folder of stacksIn(outdir))
    for (const file of [EMBEDDED_OVERRIDE, BACKEND_RECORD]) rmSync(join(folder, file), { force: true });
}

/** Whether stacks lead to an embedded AWS. */
export const hasOverrides = (outdir: string) =>
  stacksIn(outdir).some((folder) => existsSync(join(folder, EMBEDDED_OVERRIDE)));

/** The configuration with the roles that lead to its accounts in the embedded AWS, if the endpoint is that. */
export function reachableConfig(config: Config, endpoint: string | undefined): Config {
  if (endpoint === undefined || runningEmulator()?.url !== endpoint) return config;
  const home = systemOf(config).shared.id;
  const accounts = Object.entries(config.accounts).map(
    ([name, { id, assumeRole, operate }]): [string, AccountConfig] => [
      name,
      {
        id,
        assumeRole: assumeRole ?? (id === home ? undefined : EMBEDDED_ROLE),
        operate: operate?.assumeRole === undefined ? undefined : { assumeRole: operate.assumeRole },
      },
    ],
  );
  return { ...config, accounts: Object.fromEntries(accounts) };
}
