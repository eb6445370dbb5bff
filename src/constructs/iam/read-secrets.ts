import type { Statement } from "./policy-document";

export interface ReadSecretsProps {
  /** ARNs of Secrets Manager secrets, without a JSON key. */
  readonly secretArns: readonly string[];
  /** ARNs of SSM parameters. */
  readonly parameterArns: readonly string[];
}

/** Reads secrets and parameters. None of a kind: no statement for it. */
export const readSecrets = ({ parameterArns, secretArns }: ReadSecretsProps): Statement[] => [
  ...(secretArns.length > 0
    ? [{ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secretArns }]
    : []),
  ...(parameterArns.length > 0
    ? [{ sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameterArns }]
    : []),
];
