/** Why a phase fails, as the context of a phase tells it. */
export class BuildError extends Error {
  /** @param statusCode AWS's, such as CLIENT_ERROR. */
  constructor(
    public readonly statusCode: string,
    public readonly text: string,
  ) {
    super(`${statusCode}: ${text}`);
  }
}

/** The context of an error of any kind. */
export const asBuildError = (error: unknown): BuildError => {
  if (error instanceof BuildError) return error;
  const { message, name } = error as Error;
  // An error of AWS has a name of its own.
  return new BuildError("CLIENT_ERROR", name === "Error" ? message : `${name}: ${message}`);
};
