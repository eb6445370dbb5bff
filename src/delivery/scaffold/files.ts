import type { ImageSource } from "../build-image";
import type { PlaceholderValues } from "../build-script";
import { OWN_FOLDER } from "../collect-files";
import { appSpec, type AppSpecProps } from "../app-spec";
import { TASK_DEFINITION_FILE } from "../files";
import { taskDefinition, type TaskDefinitionProps } from "../task-definition";
import { scaffoldedBuildSpec } from "./build-spec";
import { commonDocument } from "./common-document";
import { jsonFile, yamlFile } from "./placeholders";
import type { Repository } from "./repository";

/** One of the environments that a service is delivered to. */
export interface ScaffoldedEnvironment {
  readonly name: string;
  readonly facts: PlaceholderValues;
  readonly taskDefinition: TaskDefinitionProps;
  readonly appSpec: AppSpecProps;
}

export interface ScaffoldProps {
  readonly service: string;
  readonly environments: readonly ScaffoldedEnvironment[];
  readonly repository: Repository;
  /** Path of the buildspec. */
  readonly buildspec: string;
  /** Its paths may contain `${ENVIRONMENT}`. */
  readonly source: ImageSource;
}

/** The files of a repository that owns its delivery, by their paths. They serve every environment. */
export function scaffoldedFiles(props: ScaffoldProps): ReadonlyMap<string, string> {
  const { buildspec, environments, repository, service, source } = props;
  const common = (prefix: string, content: (environment: ScaffoldedEnvironment) => unknown) =>
    commonDocument(
      environments.map((environment) => ({ facts: environment.facts, content: content(environment) })),
      prefix,
    );
  const task = common("TASK", (environment) => taskDefinition(environment.taskDefinition));
  const spec = common("APPSPEC", (environment) => appSpec(environment.appSpec));
  const build = {
    service,
    environments: environments.map(({ name }) => name),
    repository,
    values: new Map([...task.values, ...spec.values]),
  };
  return new Map([
    [buildspec, scaffoldedBuildSpec(build, source)],
    [`${OWN_FOLDER}/${TASK_DEFINITION_FILE}`, jsonFile(task.content)],
    [`${OWN_FOLDER}/${repository.appSpec}`, `version: 0.0\n${yamlFile(spec.content)}`],
  ]);
}
