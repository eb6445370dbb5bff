const VARIABLE = "${ENVIRONMENT}";

/** The folder of the settings of an application. An environment's name is no variable in this part of a path. */
export const RESOURCES = "src/main/resources";

/**
 * Paths below it with the environment's name as a variable. Files of the same form for environments that the
 * service is not delivered to are left out.
 *
 * @param others Environments of the repository that the service is not delivered to.
 */
export function commonPaths(
  paths: readonly string[],
  environments: readonly string[],
  others: readonly string[],
): string[] {
  const common = [...new Set(paths.map((path) => withVariable(path, environments)))];
  return common.filter((path) => {
    const form = withVariable(path, others);
    return form === path || !common.includes(form);
  });
}

function withVariable(path: string, environments: readonly string[]): string {
  const below = path.slice(RESOURCES.length);
  const name = environments.find((environment) => partOf(environment).test(below));
  return name === undefined ? path : RESOURCES + below.replaceAll(partOf(name), VARIABLE);
}

/** An environment's name as a whole part of a path, such as in `application-dev.yaml`. */
const partOf = (environment: string) => new RegExp(`(?<=[/._-])${environment}(?=[/._-])`, "g");
