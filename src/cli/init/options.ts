import { filled } from "../template";

/** Name, default, keys of `codeseries.yaml` that it sets, description. `{name}` is the value of an option above. */
const ROWS = [
  ["organization", "acme", ["organization"], "first part of every physical name"],
  ["region", "us-east-1", ["region"], "AWS region"],
  ["stateBucket", "{organization}-shared-s3-tfstate", ["state.bucket"], "S3 bucket of the Terraform state"],
  ["sharedAccount", "111111111111", ["accounts.shared.id"], "id of the account that builds and delivers"],
  ["environment", "dev", ["environments.{environment}", "accounts.{environment}"], "first environment"],
  ["account", "222222222222", ["accounts.{environment}.id"], "id of the environment's account"],
  ["branch", "main", ["environments.{environment}.branch"], "branch that is delivered to the environment"],
  ["service", "web", ["services.{service}"], "first service"],
  ["repository", "{service}", ["services.{service}.source.repository"], "CodeCommit repository to create"],
  ["port", "8080", ["services.{service}.port"], "port of the container"],
  ["path", "/", ["services.{service}.path"], "path of the service; it includes all paths below it"],
  ["healthCheckPath", "{path}", ["services.{service}.healthCheckPath"], "path that returns 200 if healthy"],
] as const;

/** A value for every option. */
export type InitValues = Readonly<Record<(typeof ROWS)[number][0], string>>;

/** Options of `codeseries init` that set keys of `codeseries.yaml`. */
export const INIT_OPTIONS = ROWS.map(([name, fallback, keys, description]) => ({
  name,
  fallback,
  keys,
  description,
}));

/** The given values, and defaults for the others. */
export function initValues(given: Partial<InitValues>): InitValues {
  const values: Record<string, string> = {};
  for (const { name, fallback } of INIT_OPTIONS) values[name] = given[name] ?? filled(fallback, values);
  return values as InitValues;
}
