import { TASK_DEFINITION_PLACEHOLDER } from "../delivery/app-spec";
import { OWN_FOLDER } from "../delivery/build-commands";
import { APP_SPEC_FILE, TASK_DEFINITION_FILE } from "../delivery/files";
import type { Delivery } from "../system/system";
import { checkAppSpec } from "./app-spec";
import { linesWith } from "./finding";
import { fill } from "./placeholders";
import type { Repository } from "./repository";
import { parsed, placedIn, syntaxOf, type Found } from "./source";
import { checkImagePlaceholder, checkTaskDefinition } from "./task-definition";

/** A task definition and an AppSpec file that the repository owns. */
export function checkOwnFiles(repository: Repository, delivery: Delivery, buildspec?: string): Found[] {
  const places = (name: string) => [`${OWN_FOLDER}/${name}`, ...(buildspec === undefined ? [] : [name])];
  const task = repository.firstOf(...places(TASK_DEFINITION_FILE));
  const yaml = APP_SPEC_FILE.replace(/yml$/, "yaml");
  const [spec, ...others] = [...places(APP_SPEC_FILE), ...places(yaml)].filter((path) =>
    repository.has(path),
  );
  const missing = [
    ...(task === undefined ? [TASK_DEFINITION_FILE] : []),
    ...(spec === undefined ? [APP_SPEC_FILE] : []),
  ];
  return [
    ...(buildspec === undefined || /\bDELIVERY_FILES\b/.test(buildspec)
      ? []
      : missing.map((file) => ({
          file: `${OWN_FOLDER}/${file}`,
          path: [],
          expected: "a file, because the buildspec does not fetch the generated one",
          next: `add it (codeseries scaffold writes one), or fetch \${DELIVERY_FILES}/${file}`,
        }))),
    ...others.map((file) => ({
      file,
      path: [],
      expected: "one AppSpec file",
      got: [spec, file],
      next: "keep one of them",
    })),
    ...(task === undefined ? [] : checkTaskFile(task, repository.text(task), delivery, buildspec)),
    ...(spec === undefined ? [] : checkSpecFile(spec, repository.text(spec), delivery, buildspec)),
  ];
}

function checkTaskFile(file: string, text: string, delivery: Delivery, buildspec?: string): Found[] {
  const filled = fill(text, delivery, buildspec);
  const json = syntaxOf(filled.text);
  if (json) return [...placedIn(file, filled.problems), { file, ...json }];
  const { placed, problems, source } = parsed(file, filled.text);
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
      next: "remove the other: CodeDeploy releases one service",
    })),
  ]);
}
