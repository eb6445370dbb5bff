import type { ImageSource } from "../../delivery/build-spec";
import { scaffoldedFiles } from "../../delivery/scaffold/files";
import { appSpecOf, imageSourceOf, placeholderValuesOf, taskDefinitionOf } from "../../stacks/delivered";
import { InputError } from "../../errors";
import { loadSystem } from "../../system/load";
import type { Delivery } from "../../system/system";
import { deliveriesOf } from "../arguments";
import { inspectRepository } from "./inspect-repository";
import { writeFiles, type ScaffoldedFile } from "./write-files";

export interface Scaffolded {
  readonly files: readonly ScaffoldedFile[];
  /** Files that the buildspec of an environment uses, and that do not exist. */
  readonly missing: readonly string[];
  /** About the configuration. */
  readonly warnings: readonly string[];
  /** What the user must do next. */
  readonly next: readonly string[];
}

/** Where the seed keeps it. */
const BUILDSPEC = "codeseries/codebuild/buildspec.yml";

/**
 * Writes the delivery files of a service into the folder of its repository.
 *
 * @param file The configuration.
 * @throws InputError if the service or the folder does not exist, or if the environments build different images.
 */
export function scaffoldRepository(file: string, name: string, folder: string, force: boolean): Scaffolded {
  const { system, warnings } = loadSystem(file);
  const deliveries = deliveriesOf(system, name);
  const [{ settings }] = deliveries;
  const buildspec = settings.build.buildspec ?? BUILDSPEC;
  const environments = deliveries.map(({ environment }) => environment.name);
  const { dockerfile, missing, repository } = inspectRepository(folder, environments, () =>
    commonPath(deliveries, "dockerfile", "put the Dockerfiles at env/<environment>/Dockerfile, or "),
  );
  const context = commonPath(deliveries, "context");
  const files = scaffoldedFiles({
    service: name,
    buildspec,
    repository,
    source: { ...commonSource(deliveries.map(imageSourceOf)), context, dockerfile },
    environments: deliveries.map((delivery) => ({
      name: delivery.environment.name,
      facts: placeholderValuesOf(delivery),
      taskDefinition: taskDefinitionOf(delivery),
      appSpec: appSpecOf(delivery),
    })),
  });
  const written = writeFiles(folder, files, force);
  const unset = deliveries.some((delivery) => delivery.settings.build.buildspec !== buildspec);
  return {
    files: written,
    missing,
    warnings,
    next: [
      ...(written.some(({ result }) => result === "kept")
        ? ["compare the files that were kept, or use --force"]
        : []),
      ...(unset
        ? [`set services.${name}.build.buildspec to ${buildspec} in ${file}${unusedKeys(settings.build)}`]
        : []),
    ],
  };
}

/** Keys that are for the generated buildspec only. */
const unusedKeys = ({ context, dockerfile }: { context: string; dockerfile: string }) =>
  dockerfile === "Dockerfile" && context === "."
    ? ""
    : ", and remove build.dockerfile and build.context there";

/** The path that every environment has: the buildspec has one. @throws InputError if they differ. */
function commonPath(
  deliveries: readonly [Delivery, ...Delivery[]],
  key: "context" | "dockerfile",
  remedy = "",
): string {
  const [first] = deliveries;
  const path = first.settings.build[key];
  const other = deliveries.find(({ settings }) => settings.build[key] !== path);
  if (!other) return path;
  const name = `services.${first.service.name}.build.${key}`;
  throw new InputError(
    `${name} is ${path} in ${first.environment.name} and ${other.settings.build[key]} in ${other.environment.name}, but the buildspec serves every environment`,
    `${remedy}set one value of ${name} for every environment`,
  );
}

/** What the environments have, together: what has no value in an environment is empty there. */
function commonSource(sources: readonly ImageSource[]): ImageSource {
  const [first] = sources;
  if (!first) throw new Error("a service has a delivery");
  const together = (key: "secrets" | "variables") => [...new Set(sources.flatMap((source) => source[key]))];
  return {
    ...first,
    variables: together("variables"),
    secrets: together("secrets"),
    reports: sources.every(({ reports }) => reports),
  };
}
