import type { BuildSecret } from "../../constructs/build/image-build";

/** Secrets of a build as CodeBuild takes them: a secret by its ARN, a parameter by its name. */
export const buildSecrets = (arns: Readonly<Record<string, string>>): Record<string, BuildSecret> =>
  Object.fromEntries(Object.entries(arns).map(([name, arn]) => [name, secretOf(arn)]));

function secretOf(arn: string): BuildSecret {
  if (!arn.includes(":ssm:")) return { type: "SECRETS_MANAGER", value: arn };
  return { type: "PARAMETER_STORE", value: parameterName(arn) };
}

/** An ARN has no slash in front of a name; a name in parts must have one. */
function parameterName(arn: string): string {
  const name = arn.slice(arn.indexOf(":parameter/") + ":parameter/".length);
  return name.includes("/") ? `/${name}` : name;
}
