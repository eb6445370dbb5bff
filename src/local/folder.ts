import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { variable } from "../process/variable";

const folder = () => resolve(variable(process.env, "CODESERIES_LOCAL") ?? ".local");

/** Where everything of the embedded AWS is, and nothing else: it may be deleted while nothing runs. */
export function localFolder(): string {
  mkdirSync(folder(), { recursive: true });
  return folder();
}

/** A file of the embedded AWS. */
export const localFile = (name: string) => resolve(folder(), name);

/** What Terraform and cdktf said, newest last. */
export const DEPLOY_LOG = "deploy.log";

/** What moto said. */
export const EMULATOR_LOG = "emulator.log";

/** Terraform's state of the bucket while the bucket is being made. */
export const BOOTSTRAP_STATE = "bootstrap.tfstate";

/** Notes of the runs of Terraform that cdktf has begun. */
export const TERRAFORM_RUNS = "terraform-runs";

/** Who is at work here, one at a time. */
export const WORK_LOCK = "lock.json";
