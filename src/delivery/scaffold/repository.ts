/** What a repository has that its buildspec uses. Paths are relative, and may contain `${ENVIRONMENT}`. */
export interface Repository {
  /** Undefined without Gradle. */
  readonly gradle?: Gradle;
  /** Files in which the build replaces placeholders. */
  readonly filled: readonly string[];
  /** Files that the build copies to the root. */
  readonly copied: readonly string[];
  /** `appspec.yml`, or `appspec.yaml` if it has one. */
  readonly appSpec: string;
}

export interface Gradle {
  /** Without a wrapper, the build image's Gradle builds. */
  readonly wrapper: boolean;
  readonly task: string;
  /** The major version. */
  readonly java: string;
}
