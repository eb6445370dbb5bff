import { dirname, join } from "node:path";
import { TASK_DEFINITION_PLACEHOLDER } from "../../delivery/app-spec";
import { OWN_FOLDER } from "../../delivery/collect-files";
import { APP_SPEC_FILE, TASK_DEFINITION_FILE } from "../../delivery/files";
import type { Delivery } from "../../system/system";
import { checkAppSpec } from "./app-spec";
import type { BuildSpec } from "./buildspec";
import { linesWith } from "./finding";
import { fill } from "./placeholders";
import type { Repository } from "./repository";
import { parsed, placedIn, syntaxOf, type Found } from "./source";
import { checkImagePlaceholder, checkTaskDefinition } from "./task/task-definition";

/** The buildspec of a repository. */
export interface OwnBuild {
  readonly text: string;
  readonly spec: BuildSpec;
}

/** A task definition and an AppSpec file that the repository owns. */
export function checkOwnFiles(repository: Repository, delivery: Delivery, build?: OwnBuild): Found[] {
  const [task] = placesOf(repository, [TASK_DEFINITION_FILE], build);
  const [spec, ...others] = placesOf(
    repository,
    [APP_SPEC_FILE, APP_SPEC_FILE.replace(/yml$/, "yaml")],
    build,
  );
  const check = (file: string | undefined, checkFile: typeof checkTaskFile) =>
    file === undefined ? [] : checkFile(file, repository.text(file), delivery, build?.text);
  return [
    ...(task === undefined ? notMade(TASK_DEFINITION_FILE, build) : []),
    ...(spec === undefined ? notMade(APP_SPEC_FILE, build) : []),
    ...others
      .filter((file) => dirname(file) === dirname(spec ?? ""))
      .map((file) => ({
        file,
        path: [],
        expected: "one AppSpec file",
        got: [spec, file],
        next: "keep one of them",
      })),
    ...check(task, checkTaskFile),
    ...check(spec, checkSpecFile),
  ];
}

/** Where the repository has a file: where its buildspec's artifact takes it, or in the folder of its own files. */
function placesOf(repository: Repository, names: readonly string[], build?: OwnBuild): string[] {
  const { "base-directory": base = ".", files = [] } = build?.spec.artifacts ?? {};
  const places = names.flatMap((name) => [
    ...(build ? [join(base, name)] : []),
    ...files.filter((file) => file.endsWith(`/${name}`)).map((file) => join(base, file)),
    `${OWN_FOLDER}/${name}`,
  ]);
  return [...new Set(places)].filter((path) => repository.has(path));
}

/** A file that is not in the repository, and that no command of its buildspec fetches or writes. */
function notMade(file: string, build?: OwnBuild): Found[] {
  const lines = JSON.stringify(build?.spec.phases ?? {}).split(/\\n|","/);
  const written = new RegExp(`>\\s*\\S*${file.replace(".", "\\.")}`);
  const reads = /\b(sed -i|cat|ls|test)\b/;
  const made = lines.some((line) => line.includes(file) && (written.test(line) || !reads.test(line)));
  return !build || made || build.text.includes("DELIVERY_FILES")
    ? []
    : [
        {
          file: `${OWN_FOLDER}/${file}`,
          path: [],
          expected: "a file, because the buildspec neither writes it nor fetches the generated one",
          next: `add it (codeseries scaffold writes one), or fetch \${DELIVERY_FILES}/${file}`,
        },
      ];
}

function checkTaskFile(file: string, text: string, delivery: Delivery, buildspec?: string): Found[] {
  const filled = fill(text, delivery, buildspec);
  const { placed, problems, source } = parsed(file, filled.text);
  const json = syntaxOf(filled.text);
  if (json) return [...placedIn(file, filled.problems), { file, ...json }];
  if (!source) return problems;
  const found = placed([...checkTaskDefinition(source.content, delivery), ...checkImagePlaceholder(text)]);
  // One line for one cause.
  const unfilled = filled.problems.filter(({ line }) => !found.some((other) => other.line === line));
  return [...placed(unfilled), ...found];
}

function checkSpecFile(file: string, text: string, delivery: Delivery, buildspec?: string): Found[] {
  const filled = fill(text, delivery, buildspec);
  const { placed, problems, source } = parsed(file, filled.text);
  if (!source) return [...placedIn(file, filled.problems), ...problems];
  const twice = linesWith(text, TASK_DEFINITION_PLACEHOLDER).slice(1);
  return placed([
    ...filled.problems,
    ...checkAppSpec(source.content, delivery),
    ...twice.map((line) => ({
      path: [],
      line,
      expected: `${TASK_DEFINITION_PLACEHOLDER} once`,
      got: TASK_DEFINITION_PLACEHOLDER,
      next: "remove this one: CodeDeploy releases one service",
    })),
  ]);
}
