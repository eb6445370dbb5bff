import { BuildError } from "./build-error";
import type { Buildspec } from "./buildspec";

/** Where variables are read from whose value is not in the buildspec. @throws Error if it has none of that name. */
export interface VariableStores {
  parameter(name: string): Promise<string>;
  secret(reference: SecretReference): Promise<string>;
}

/** `<secret>:<JSON key>:<version stage>:<version id>`, of which all but the first may be missing. */
export interface SecretReference {
  readonly secretId: string;
  readonly jsonKey?: string;
  readonly versionStage?: string;
  readonly versionId?: string;
}

/** An environment variable as a project has it. */
export interface ProjectVariable {
  readonly name: string;
  readonly value: string;
  readonly type?: "PLAINTEXT" | "PARAMETER_STORE" | "SECRETS_MANAGER";
}

/** An ARN has six colons of its own. */
export function secretReference(text: string): SecretReference {
  const parts = text.split(":");
  const length = text.startsWith("arn:") ? 7 : 1;
  const [jsonKey, versionStage, versionId] = parts
    .slice(length)
    .map((part) => (part === "" ? undefined : part));
  return { secretId: parts.slice(0, length).join(":"), jsonKey, versionStage, versionId };
}

/** The value of a JSON key, or the whole secret without one. @throws BuildError if it has none. */
export function valueOfSecret(secret: string, jsonKey: string | undefined): string {
  if (jsonKey === undefined) return secret;
  const content = parse(secret);
  const value =
    typeof content === "object" && content !== null
      ? (content as Record<string, unknown>)[jsonKey]
      : undefined;
  if (value === undefined)
    throw new BuildError("Secrets Manager Error Message", `key ${jsonKey} does not exist in the secret`);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parse(secret: string): unknown {
  try {
    return JSON.parse(secret);
  } catch {
    return undefined;
  }
}

/** Variables as they are, since CodeBuild expands none. Those of the project win over the buildspec's. */
export async function variablesOf(
  { env }: Pick<Buildspec, "env">,
  ofProject: readonly ProjectVariable[],
  stores: VariableStores,
): Promise<Record<string, string>> {
  const all = new Map<string, () => Promise<string>>();
  for (const [name, value] of Object.entries(env.variables ?? {}))
    all.set(name, () => Promise.resolve(String(value)));
  for (const [name, parameter] of Object.entries(env["parameter-store"] ?? {}))
    all.set(name, () => stores.parameter(parameter));
  for (const [name, reference] of Object.entries(env["secrets-manager"] ?? {}))
    all.set(name, () => stores.secret(secretReference(reference)));
  for (const { name, type, value } of ofProject)
    all.set(name, () => {
      if (type === "PARAMETER_STORE") return stores.parameter(value);
      if (type === "SECRETS_MANAGER") return stores.secret(secretReference(value));
      return Promise.resolve(value);
    });
  const values: Record<string, string> = {};
  for (const [name, value] of all) values[name] = await value();
  return values;
}
