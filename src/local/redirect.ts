import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account, Config } from "../config/schema";
import { accountOf } from "../config/settings";
import { assumedRoleArn } from "../naming/arns";
import { readStackFile, type StackFile } from "../terraform/stack-folder";
import { runningEmulator } from "./emulator";
import { EMBEDDED_ROLE } from "./operator";

/** Terraform merges override files in the order of their names: bootstrap's `backend_override` has the last word. */
export const EMBEDDED_OVERRIDE = "aws_embedded_override.tf.json";

const withoutProfile = (block: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(block).filter(([key]) => key !== "profile"));

/**
 * How a stack differs in the embedded AWS: nobody has profiles there, and an account without a role to
 * assume is reached by one, where it is not the operator's own. Terraform merges it into what was
 * synthesized.
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
  const reach =
    aws.assume_role === undefined && account !== operatorsAccount
      ? { assume_role: [{ role_arn: assumedRoleArn(account, EMBEDDED_ROLE) }] }
      : {};
  const unprofiled = aws.profile === undefined ? {} : { profile: null };
  const states = Object.entries(data?.terraform_remote_state ?? {}).filter(
    ([, { config }]) => config.profile,
  );
  const override = {
    ...(Object.keys({ ...reach, ...unprofiled }).length > 0 && {
      provider: { aws: [{ ...reach, ...unprofiled }] },
    }),
    ...(terraform.backend.s3.profile !== undefined && {
      terraform: { backend: { s3: withoutProfile(terraform.backend.s3) } },
    }),
    ...(states.length > 0 && {
      data: {
        terraform_remote_state: Object.fromEntries(
          states.map(([name, { config }]) => [name, { config: withoutProfile(config) }]),
        ),
      },
    }),
  };
  return Object.keys(override).length > 0 ? override : undefined;
}

const stacksIn = (outdir: string) => {
  const stacks = join(outdir, "stacks");
  return existsSync(stacks) ? readdirSync(stacks).map((stack) => join(stacks, stack)) : [];
};

/** What Terraform noted of a backend: of another one, it would ask to move the state from there. */
const BACKEND_RECORD = join(".terraform", "terraform.tfstate");

/** Turns the synthesized stacks to the embedded AWS. */
export function redirectStacks(outdir: string, config: Config): void {
  removeFrom(outdir, [EMBEDDED_OVERRIDE]);
  for (const folder of stacksIn(outdir)) {
    const override = embeddedOverride(readStackFile(folder), accountOf(config, "shared").id);
    if (override) writeFileSync(join(folder, EMBEDDED_OVERRIDE), JSON.stringify(override, undefined, 2));
  }
}

/** Turns them back to where the configuration says. */
export function releaseStacks(outdir: string): void {
  removeFrom(outdir, [EMBEDDED_OVERRIDE, BACKEND_RECORD]);
}

/** Whether stacks lead to an embedded AWS. */
export const isRedirected = (outdir: string) =>
  stacksIn(outdir).some((folder) => existsSync(join(folder, EMBEDDED_OVERRIDE)));

function removeFrom(outdir: string, files: readonly string[]): void {
  for (const folder of stacksIn(outdir))
    for (const file of files) rmSync(join(folder, file), { force: true });
}

/** The configuration with its accounts reached as they are in the embedded AWS, where the endpoint is that. */
export function reachableConfig(config: Config, endpoint: string | undefined): Config {
  if (endpoint === undefined || runningEmulator()?.url !== endpoint) return config;
  const home = accountOf(config, "shared").id;
  const accounts = Object.entries(config.accounts).map(([name, { id, assumeRole }]): [string, Account] => [
    name,
    { id, assumeRole: assumeRole ?? (id === home ? undefined : EMBEDDED_ROLE) },
  ]);
  return { ...config, accounts: Object.fromEntries(accounts) };
}
