import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OWN_FOLDER } from "../../delivery/collect-files";
import { FILLED } from "../../delivery/build-script";
import type { Gradle, Repository } from "../../delivery/scaffold/repository";
import { requireFolder } from "../arguments";
import { commonPaths } from "./common-paths";

/** Files that may hold placeholders. */
const ROOT_FILES = /^(build|settings)\.gradle(\.kts)?$|^gradle\.properties$|^Dockerfile$/;
const RESOURCES = "src/main/resources";
const RESOURCE = /\.(json|properties|xml|ya?ml)$/;
const PLACEHOLDER = new RegExp(`<(${FILLED.join("|")})>`);

export interface Inspected {
  readonly repository: Repository;
  readonly dockerfile: string;
  /** Files that the build of an environment will miss. */
  readonly missing: readonly string[];
}

/**
 * What a repository's buildspec can use.
 *
 * @param environments Those that the service is delivered to.
 * @param configured The Dockerfile, if there is none for each environment.
 * @throws InputError if there is no such folder.
 */
export function inspectRepository(
  folder: string,
  environments: readonly string[],
  configured: () => string,
): Inspected {
  requireFolder(folder);
  const has = (path: string) => existsSync(join(folder, path));
  const text = (path: string) => readFileSync(join(folder, path), "utf8");
  const own = (name: string) => environments.map((environment) => `env/${environment}/${name}`).filter(has);
  const entrypoints = own("docker-entrypoint.sh");
  const dockerfiles = own("Dockerfile");
  const candidates = [
    ...readdirSync(folder).filter((name) => ROOT_FILES.test(name)),
    ...filesBelow(folder, RESOURCES).filter((path) => RESOURCE.test(path)),
    ...entrypoints,
    ...dockerfiles,
  ];
  const filled = commonPaths(
    candidates.filter((path) => PLACEHOLDER.test(text(path))),
    environments,
  );
  const copied = commonPaths(entrypoints, environments);
  const [dockerfile = configured()] = commonPaths(dockerfiles, environments);
  const gradle = ["build.gradle", "build.gradle.kts"].find(has);
  return {
    dockerfile,
    repository: {
      gradle: gradle === undefined ? undefined : gradleOf(text(gradle), has("gradlew")),
      filled,
      copied,
      appSpec: has(`${OWN_FOLDER}/appspec.yaml`) ? "appspec.yaml" : "appspec.yml",
    },
    missing: [...new Set([...filled, ...copied, dockerfile])]
      .flatMap((path) => environments.map((environment) => path.replaceAll("${ENVIRONMENT}", environment)))
      .filter((path, index, paths) => paths.indexOf(path) === index && !has(path)),
  };
}

function filesBelow(folder: string, path: string): string[] {
  if (!existsSync(join(folder, path))) return [];
  return readdirSync(join(folder, path), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

/** CodeBuild's oldest Java that Gradle's current releases run on. */
const DEFAULT_JAVA = "17";

function gradleOf(script: string, wrapper: boolean): Gradle {
  const [, java = DEFAULT_JAVA] =
    /(?:JavaLanguageVersion\.of\(|sourceCompatibility\s*=?\s*(?:JavaVersion\.VERSION_)?['"]?(?:1[._])?)(\d+)/.exec(
      script,
    ) ?? [];
  return { wrapper, java, task: /bootJar|org\.springframework\.boot/.test(script) ? "bootJar" : "assemble" };
}
