import { spawnSync } from "node:child_process";
import { Failure } from "../errors";
import { isOlder } from "../process/version";

/** The first version that locks states in S3 without DynamoDB. @see https://developer.hashicorp.com/terraform/language/backend/s3#use_lockfile */
const OLDEST = [1, 11] as const;

const ADVICE = `Terraform ${OLDEST.join(".")} or newer is required: https://developer.hashicorp.com/terraform/install`;

/**
 * Checks the version of Terraform on the PATH.
 *
 * @throws Failure if there is none, or it is too old.
 */
export function requireTerraform(env: NodeJS.ProcessEnv): void {
  const { error, status, stdout } = spawnSync("terraform", ["version", "-json"], { env, encoding: "utf8" });
  if (error) throw new Failure(`terraform is not on the PATH. ${ADVICE}`);
  const version = /"terraform_version":\s*"((\d+)\.(\d+)[^"]*)"/.exec(stdout);
  if (status !== 0 || !version) throw new Failure(`cannot read the version of terraform. ${ADVICE}`);
  if (isOlder([Number(version[2]), Number(version[3])], OLDEST))
    throw new Failure(`terraform on the PATH is ${version[1] ?? "unknown"}. ${ADVICE}`);
}
