import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { OWN_FOLDER } from "../../delivery/collect-files";
import { FILLED } from "../../delivery/build-script";
import type { Gradle, Repository } from "../../delivery/scaffold/repository";
import { requireFolder } from "../arguments";
import { RESOURCES, commonPaths } from "./common-paths";

/** Files that may hold placeholders. */
const ROOT_FILES = /^(build|settings)\.gradle(\.kts)?$|^gradle\.properties$|^Dockerfile$/;
const RESOURCE = /\.(json|properties|xml|ya?ml)$/;
/** Files in the folder of each environment. */
const OWN_FILES = ["docker-entrypoint.sh", "Dockerfile"];
/** A larger file is data: it is not searched for placeholders. */
const MAX_BYTES = 1_000_000;
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
  const has = (path: string) => isFile(join(folder, path));
  const text = (path: string) => readFileSync(join(folder, path), "utf8");
  const holds = (path: string) => isFile(join(folder, path), MAX_BYTES) && PLACEHOLDER.test(text(path));
  const own = OWN_FILES.flatMap((name) => {
    const paths = environments.map((environment) => `env/${environment}/${name}`);
    return paths.some(has) ? [{ path: `env/\${ENVIRONMENT}/${name}`, filled: paths.some(holds) }] : [];
  });
  const resources = filesBelow(folder, RESOURCES).filter((path) => RESOURCE.test(path) && holds(path));
  const filled = [
    ...readdirSync(folder).filter((name) => ROOT_FILES.test(name) && holds(name)),
    ...commonPaths(resources, environments, otherEnvironments(folder, environments)),
    ...own.filter((file) => file.filled).map(({ path }) => path),
  ];
  const copied = own.flatMap(({ path }) => (path.endsWith(".sh") ? [path] : []));
  const dockerfile = own.find(({ path }) => path.endsWith("/Dockerfile"))?.path ?? configured();
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

/** Environments that the repository has an image for, and that the service is not delivered to. */
function otherEnvironments(folder: string, environments: readonly string[]): string[] {
  const place = join(folder, "env");
  if (!isFolder(place)) return [];
  return readdirSync(place).filter(
    (name) =>
      /^[a-z][a-z0-9]*$/.test(name) &&
      !environments.includes(name) &&
      OWN_FILES.some((file) => isFile(join(place, name, file))),
  );
}

function isFile(path: string, maximum = Infinity): boolean {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  return stats.isFile() && stats.size <= maximum;
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

function filesBelow(folder: string, path: string): string[] {
  if (!isFolder(join(folder, path))) return [];
  return readdirSync(join(folder, path), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

/** Versions of Java that CodeBuild has. */
const RUNTIMES = [8, 11, 17, 21, 25];
const NEWEST_RUNTIME = 25;

/** CodeBuild's oldest Java that Gradle's current releases run on. */
const DEFAULT_JAVA = 17;

function gradleOf(script: string, wrapper: boolean): Gradle {
  const [, version = DEFAULT_JAVA] =
    /(?:JavaLanguageVersion\.of\(|sourceCompatibility\s*=?\s*(?:JavaVersion\.VERSION_)?['"]?(?:1[._])?)(\d+)/.exec(
      script,
    ) ?? [];
  const java = RUNTIMES.find((runtime) => runtime >= Number(version)) ?? NEWEST_RUNTIME;
  return {
    wrapper,
    java: String(java),
    task: /bootJar|org\.springframework\.boot/.test(script) ? "bootJar" : "assemble",
  };
}
