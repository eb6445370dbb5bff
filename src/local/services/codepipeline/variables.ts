import { randomBytes } from "node:crypto";

type Namespaces = Readonly<Record<string, Readonly<Record<string, string>>>>;

const REFERENCE = /#\{([A-Za-z0-9@_-]+)\.([A-Za-z0-9@_-]+)\}/g;

/** A variable that no action before has set. */
export class UnknownVariable extends Error {
  constructor(reference: string) {
    super(`Failed to resolve variables in action configuration: ${reference} is not set`);
  }
}

/**
 * Replaces each `#{namespace.variable}`.
 *
 * @throws UnknownVariable if a namespace or a variable of it is not known.
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const resolve = (text: string, namespaces: Namespaces): string =>
  text.replace(REFERENCE, (reference, namespace: string, name: string) => {
    const value = namespaces[namespace]?.[name];
    if (value === undefined) throw new UnknownVariable(reference);
    return value;
  });

/** Replaces the variables of each value of a configuration. */
export const resolveAll = (configuration: Readonly<Record<string, string>>, namespaces: Namespaces) =>
  Object.fromEntries(Object.entries(configuration).map(([name, text]) => [name, resolve(text, namespaces)]));

const PIPELINE_CHARACTERS = 20;
const ARTIFACT_CHARACTERS = 10;
const RANDOM_CHARACTERS = 7;

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Seven letters and digits. */
export const randomSuffix = () =>
  [...randomBytes(RANDOM_CHARACTERS)].map((byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join("");

/** The key of an artifact: AWS shortens the names of the pipeline and of the artifact. */
export const artifactKey = (pipeline: string, artifact: string, suffix: string) =>
  `${pipeline.slice(0, PIPELINE_CHARACTERS)}/${artifact.slice(0, ARTIFACT_CHARACTERS)}/${suffix}`;
