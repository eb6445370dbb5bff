import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

/** Where everything of the embedded AWS is, and nothing else: it may be deleted while nothing runs. */
export function localFolder(): string {
  const folder = resolve(process.env.CODESERIES_LOCAL ?? ".local");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A file of the embedded AWS. */
export const localFile = (name: string) => resolve(localFolder(), name);

/** What Terraform and cdktf said, newest last. */
export const DEPLOY_LOG = "deploy.log";

/** What moto said. */
export const EMULATOR_LOG = "emulator.log";

/** Terraform's state of the bucket while the bucket is being made. */
export const BOOTSTRAP_STATE = "bootstrap.tfstate";
