import { showFault, showPath } from "../../config/fault";
import { parseConfig } from "../../config/parse";
import { readYaml } from "../../config/positions";
import { checks } from "../../system/checks";
import { configurationFile } from "./configuration-file";

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

type Name = (typeof ROWS)[number][0];

/** A value for every option. */
export type InitValues = Readonly<Record<Name, string>>;

/** Options of `codeseries init` that set keys of `codeseries.yaml`. */
export const INIT_OPTIONS = ROWS.map(([name, fallback, keys, description]) => ({
  name,
  fallback,
  keys,
  description,
}));

/** `stateBucket` is `--state-bucket`. */
export const flagOf = (name: Name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const PLACEHOLDER = /\{(\w+)\}/g;

const filled = (template: string, values: Readonly<Record<string, string>>) =>
  template.replace(PLACEHOLDER, (placeholder, name: string) => values[name] ?? placeholder);

/** The given values, and defaults for the others. */
export function initValues(given: Partial<InitValues>): InitValues {
  const values: Record<string, string> = {};
  for (const { name, fallback } of INIT_OPTIONS) values[name] = given[name] ?? filled(fallback, values);
  return values as InitValues;
}

/** The faults of the configuration that the options give, one line for each bad option. */
export function initFaults(given: Partial<InitValues>): string[] {
  const values = initValues(given);
  const { content } = readYaml("codeseries.yaml", configurationFile(values));
  // Physical names are made of these values: a bad value gives bad names, which need no line of their own.
  const own = parseConfig(content).faults;
  const lines = new Map<string, string>();
  for (const fault of own.length > 0 ? own : parseConfig(content, checks).faults) {
    const key = showPath(fault.path);
    const option = INIT_OPTIONS.find(({ keys }) => keys.some((template) => filled(template, values) === key));
    const line = showFault(option === undefined ? fault : { ...fault, path: [flagOf(option.name)] });
    lines.set(option?.name ?? key, line);
  }
  for (const { name, fallback } of INIT_OPTIONS) {
    const sources = [...fallback.matchAll(PLACEHOLDER)].map(([, source = ""]) => source);
    if (given[name] === undefined && sources.some((source) => lines.has(source))) lines.delete(name);
  }
  return [...lines.values()];
}
