import type { AwsCredentialIdentity } from "@aws-sdk/types";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

interface Parts {
  readonly image: Readonly<Record<string, string>>;
  readonly variables: readonly { readonly name?: string | undefined; readonly value?: string | undefined }[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly region: string;
  /** The URL of the embedded AWS as the container reaches it. */
  readonly endpoint: string;
  /** Of the task role. @default - the task has none */
  readonly credentials?: AwsCredentialIdentity;
}

/**
 * The environment of a container, later parts over earlier ones: what Fargate sets, with the embedded AWS in place
 * of AWS; the image's, the task definition's variables, and its secrets.
 */
export function environmentOf(parts: Parts): Record<string, string> {
  const { image, variables, secrets, region, endpoint, credentials } = parts;
  return {
    PATH,
    AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? "",
    }),
    ...image,
    ...Object.fromEntries(variables.map(({ name = "", value = "" }) => [name, value])),
    ...secrets,
  };
}

/** Entry point and command as Docker joins them: another entry point drops the image's command. */
export function argumentsOf(
  image: { readonly entrypoint: readonly string[]; readonly command: readonly string[] },
  definition: {
    readonly entryPoint?: readonly string[] | undefined;
    readonly command?: readonly string[] | undefined;
  },
): string[] {
  // moto gives an empty list where nothing was set.
  const entryPoint = definition.entryPoint?.length ? definition.entryPoint : undefined;
  const command = definition.command?.length ? definition.command : undefined;
  return [...(entryPoint ?? image.entrypoint), ...(command ?? (entryPoint ? [] : image.command))];
}
