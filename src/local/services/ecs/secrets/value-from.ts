/** Where a secret of a container comes from. */
export type SecretSource =
  | { readonly parameter: string }
  | {
      readonly secret: string;
      /** The key of a JSON document; undefined is the whole. */
      readonly key?: string;
      readonly stage?: string;
      readonly version?: string;
    };

/** Parts of `arn:aws:secretsmanager:region:account:secret:name` before what ECS adds. */
const SECRET_PARTS = 7;

/**
 * The source that a `valueFrom` names: an ARN of Secrets Manager with `:json-key:version-stage:version-id`, each of
 * which may be empty, or an ARN or the name of a parameter.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function sourceOf(valueFrom: string): SecretSource {
  const parts = valueFrom.split(":");
  if (parts[2] !== "secretsmanager") return { parameter: parameterName(valueFrom) };
  const [key = "", stage = "", version = ""] = parts.slice(SECRET_PARTS);
  return {
    secret: parts.slice(0, SECRET_PARTS).join(":"),
    ...(key === "" ? {} : { key }),
    ...(stage === "" ? {} : { stage }),
    ...(version === "" ? {} : { version }),
  };
}

/** The name of a parameter of the same region. The ARN of `/a/b` ends in `parameter/a/b`, that of `a` in `parameter/a`. */
function parameterName(valueFrom: string): string {
  const name = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(valueFrom)?.[1];
  if (name === undefined) return valueFrom;
  return name.indexOf("/", 1) < 0 ? name.slice(1) : name;
}
