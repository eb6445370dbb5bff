import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { executionClient, type TaskContext } from "../task/context";
import { cannotReadSecret, CannotStart, withoutJsonKey } from "../task/reasons";
import { sourceOf, type SecretSource } from "./value-from";

/**
 * The secrets of a container, read under the execution role.
 *
 * @throws CannotStart with the reason of ECS.
 */
export async function secretsOf(
  context: TaskContext,
  { secrets = [] }: ContainerDefinition,
): Promise<Record<string, string>> {
  const values = await Promise.all(
    secrets.map(async ({ name = "", valueFrom = "" }) => [name, await valueOf(context, valueFrom)] as const),
  );
  return Object.fromEntries(values);
}

async function valueOf(context: TaskContext, valueFrom: string): Promise<string> {
  const source = sourceOf(valueFrom);
  const service = "parameter" in source ? "ssm" : "asm";
  try {
    return "parameter" in source
      ? await parameterOf(context, source.parameter)
      : pick(await secretOf(context, source), source);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(cannotReadSecret(valueFrom, service, error));
  }
}

async function parameterOf(context: TaskContext, name: string): Promise<string> {
  const command = new GetParametersCommand({ Names: [name], WithDecryption: true });
  const { Parameters: [parameter] = [] } = await executionClient(context, SSMClient).send(command);
  if (parameter?.Value === undefined) throw new Error(`invalid ssm parameters: ${name}`);
  return parameter.Value;
}

type Secret = Extract<SecretSource, { secret: string }>;

async function secretOf(context: TaskContext, { secret, stage, version }: Secret): Promise<string> {
  const command = new GetSecretValueCommand({
    SecretId: secret,
    ...(stage !== undefined && { VersionStage: stage }),
    ...(version !== undefined && { VersionId: version }),
  });
  const { SecretString = "" } = await executionClient(context, SecretsManagerClient).send(command);
  return SecretString;
}

function pick(text: string, { key }: Secret): string {
  if (key === undefined) return text;
  const value = parsed(text)[key];
  if (value === undefined) throw new CannotStart(withoutJsonKey(key));
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
