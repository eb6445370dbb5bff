import { MAX_BYTES, OWN_FOLDER } from "../../delivery/collect-files";
import { loadSystem } from "../../system/load";
import type { Delivery } from "../../system/system";
import { deliveriesOf, requireFolder } from "../arguments";
import { checkCommands } from "./build-commands";
import { checkArtifact, checkBuildSecrets, readBuildSpec, type BuildSpec } from "./buildspec";
import type { Finding, Problem } from "./finding";
import { checkOwnFiles } from "./own-files";
import { Repository } from "./repository";
import { parsed, type Found } from "./source";

export interface Checked {
  /** The environments that the service is delivered to. */
  readonly environments: readonly string[];
  readonly findings: readonly Finding[];
  /** About the configuration. */
  readonly warnings: readonly string[];
}

/**
 * Compares a folder with the deliveries of a service.
 *
 * @param file The configuration.
 * @throws InputError if the service or the folder does not exist.
 */
export function checkRepository(file: string, service: string, folder: string): Checked {
  const { system, warnings } = loadSystem(file);
  const deliveries = deliveriesOf(system, service);
  requireFolder(folder);
  return {
    environments: deliveries.map(({ environment }) => environment.name),
    warnings,
    findings: findingsIn(new Repository(folder), deliveries),
  };
}

/** What in a repository does not fit its deliveries: each problem once, with the environments that have it. */
export function findingsIn(repository: Repository, deliveries: readonly Delivery[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const delivery of deliveries)
    for (const found of checkDelivery(repository, delivery)) {
      const key = JSON.stringify(found);
      const environments = [...(findings.get(key)?.environments ?? []), delivery.environment.name];
      findings.set(key, { ...found, environments });
    }
  return [...findings.values()];
}

function checkDelivery(repository: Repository, delivery: Delivery): Found[] {
  const { buildspec } = delivery.settings.build;
  if (buildspec === undefined)
    return [...checkDockerfile(repository, delivery), ...checkOwnFiles(repository, delivery)];
  if (!repository.has(buildspec))
    return [
      {
        file: buildspec,
        path: [],
        expected: "the buildspec that build.buildspec names",
        next: "add it (codeseries scaffold writes one), or remove build.buildspec to use the generated one",
      },
    ];
  const text = repository.text(buildspec);
  const read = parsed(buildspec, text);
  if (!read.source) return read.problems;
  const { problems, spec } = readBuildSpec(read.source.content);
  if (!spec) return read.placed(problems);
  return [
    ...read.placed([
      ...checkCommands(text),
      ...checkBuildSecrets(spec, delivery),
      ...checkArtifact(spec),
      ...checkArtifactSize(spec, repository),
    ]),
    ...checkImageSource(text, repository, delivery.environment.name).map((found) => ({
      file: buildspec,
      ...found,
    })),
    ...checkOwnFiles(repository, delivery, { text, spec }),
  ];
}

/** What the generated buildspec builds, and what it does not look at. */
function checkDockerfile(repository: Repository, { settings: { build } }: Delivery): Found[] {
  const { context, dockerfile } = build;
  const unused = ["buildspec.yml", "buildspec.yaml", "taskdef.json", "appspec.yml", "appspec.yaml"];
  return [
    ...(repository.has(dockerfile)
      ? []
      : [{ file: dockerfile, path: [], expected: "a Dockerfile", next: "add it, or set build.dockerfile" }]),
    ...(repository.hasFolder(context)
      ? []
      : [{ file: context, path: [], expected: "a folder", next: "add it, or set build.context" }]),
    ...unused
      .filter((file) => repository.has(file))
      .map((file) => ({
        file,
        path: [],
        expected: "only files that the generated buildspec uses",
        got: file,
        warning: true,
        next: file.startsWith("buildspec")
          ? "set build.buildspec to use it"
          : `move it to ${OWN_FOLDER} to use it`,
      })),
  ];
}

/** The Dockerfiles that an own buildspec builds, where it is clear which they are. */
function checkImageSource(text: string, repository: Repository, environment: string): Problem[] {
  const lines = text.replace(/\\\n/g, "\\").split("\n");
  return lines.flatMap((line, index) => {
    if (!/^[^#]*\bdocker\s+(buildx\s+)?build\b/.test(line) || /\bcd\s/.test(text)) return [];
    const [, path] = /\s(?:-f|--file)[ =]["']?([^"'\s;]+)/.exec(line) ?? [];
    const file = (path ?? "Dockerfile").replace(/\$\{?ENVIRONMENT\}?/, environment);
    const copied = path === undefined && /\b(cp|mv)\b.*Dockerfile/.test(text);
    return file.includes("$") || copied || repository.has(file)
      ? []
      : [
          {
            path: [],
            line:
              lines
                .slice(0, index)
                .join("\n")
                .split(/[\n\\]/).length + (index > 0 ? 1 : 0),
            expected: `a file ${file}`,
            next: "add the Dockerfile",
          },
        ];
  });
}

/** The size of what the artifact takes from the repository as it stands; the build may add more. */
function checkArtifactSize({ artifacts }: BuildSpec, repository: Repository): Problem[] {
  const base = artifacts?.["base-directory"] ?? ".";
  return (artifacts?.files ?? []).flatMap((pattern, index) => {
    if (!pattern.endsWith("*")) return [];
    const bytes = repository.bytesBelow(`${base}/${pattern.slice(0, pattern.indexOf("*"))}`);
    return bytes < MAX_BYTES
      ? []
      : [
          {
            path: ["artifacts", "files", index],
            expected: `files of less than ${MAX_BYTES} bytes`,
            got: `${pattern}, which has ${bytes}`,
            next: "the deploy action cannot read a larger artifact: list only the three files that it needs",
          },
        ];
  });
}
