import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { variable } from "../process/variable";

const folder = () => resolve(variable(process.env, "CODESERIES_LOCAL") ?? ".local");

/** The folder of everything that belongs to the embedded AWS. It can be deleted while nothing is running. */
export function localFolder(): string {
  mkdirSync(folder(), { recursive: true });
  return folder();
}

/** A file in that folder. */
export const localFile = (name: string) => resolve(folder(), name);

/** Terraform's messages of the last deployment. */
export const DEPLOY_LOG = "deploy.log";

/** The output of moto. */
export const EMULATOR_LOG = "emulator.log";

/** Terraform's state of the bucket until the bucket exists. */
export const BOOTSTRAP_STATE = "bootstrap.tfstate";

/** Output and records of the runs of Terraform. */
export const TERRAFORM_RUNS = "terraform-runs";

/** What the processes of the embedded AWS write: without the resources that it belongs to, it is of no use. */
export const DELIVERY_FOLDERS = [
  "artifacts",
  "build-caches",
  "builds",
  "calls.jsonl",
  "certificates",
  "containers",
  "ports",
  "registry",
  "repositories",
  "tasks",
  "traffic.json",
];
