import type { Place } from "../arns";
import { regionalArn } from "../arns";
import type { Settings } from "../settings";

type Secrets = Readonly<Record<string, string>>;

/** Parameters that are given by their name, as ARNs: ECS and IAM then take them like all others. */
const withArns = (secrets: Secrets, place: Place): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, from]) => [
      name,
      from.startsWith("/") ? regionalArn(place, "ssm", `parameter${from}`) : from,
    ]),
  );

/** The settings with every secret by its ARN. A task's parameter is in the environment, a build's in `shared`. */
export const withSecretArns = (
  { build, task, ...settings }: Settings,
  here: Place,
  shared: Place,
): Settings => ({
  ...settings,
  build: { ...build, secrets: withArns(build.secrets, shared) },
  task: {
    ...task,
    secrets: withArns(task.secrets, here),
    sidecars: Object.fromEntries(
      Object.entries(task.sidecars).map(([name, sidecar]) => [
        name,
        { ...sidecar, secrets: withArns(sidecar.secrets, here) },
      ]),
    ),
  },
});

const SECRET_ARN_PARTS = 7;

/** A container definition may add a JSON key, a stage and a version to a secret's ARN; a policy may not. */
const withoutJsonKey = (arn: string) => arn.split(":").slice(0, SECRET_ARN_PARTS).join(":");

/** ARNs of Secrets Manager secrets, each once. */
export const secretsIn = (arns: readonly string[]) =>
  unique(arns.filter((arn) => arn.includes(":secretsmanager:")).map(withoutJsonKey));

/** ARNs of SSM parameters, each once. */
export const parametersIn = (arns: readonly string[]) => unique(arns.filter((arn) => arn.includes(":ssm:")));

const unique = (values: readonly string[]) => [...new Set(values)];
