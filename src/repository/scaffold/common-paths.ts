const VARIABLE = "${ENVIRONMENT}";

/**
 * Paths with the environment's name as a variable. Files of the same form for environments that the service
 * is not delivered to are left out.
 */
export function commonPaths(paths: readonly string[], environments: readonly string[]): string[] {
  const common = [...new Set(paths.map((path) => withVariable(path, environments)))];
  const forms = common.filter((path) => path.includes(VARIABLE)).map(formOf);
  return common.filter((path) => path.includes(VARIABLE) || !forms.some((form) => form.test(path)));
}

function withVariable(path: string, environments: readonly string[]): string {
  const name = environments.find((environment) => partOf(environment).test(path));
  return name === undefined ? path : path.replace(partOf(name), VARIABLE);
}

/** An environment's name as a whole part of a path, such as in `application-dev.yaml`. */
const partOf = (environment: string) => new RegExp(`(?<=[/._-])${environment}(?=[/._-])`);

const formOf = (path: string) =>
  new RegExp(
    `^${path
      .split(VARIABLE)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      .join("[a-z0-9]+")}$`,
  );
