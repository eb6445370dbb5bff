import { buildArguments, buildStages, type ImageSource } from "../build-image";
import { FILLED, OUTPUT_FOLDER, fail, script } from "../build-script";
import { OWN_FOLDER, checkPlaceholders, writeImageDetail } from "../collect-files";
import { APP_SPEC_FILE, TASK_DEFINITION_FILE } from "../files";
import { assumePushRole, nameImage, pushImage } from "../push-image";
import type { Repository } from "./repository";

export interface ScaffoldedBuild {
  readonly service: string;
  readonly environments: readonly string[];
  readonly repository: Repository;
  /** Values of further placeholders in each environment, in their order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Fills the files of the repository in their places, and those of CodeDeploy into the output. */
export function fillFiles({ environments, repository, values }: ScaffoldedBuild): string {
  const names = [...values.keys()];
  const output = (file: string) => `${OUTPUT_FOLDER}/${file}`;
  return script(
    ...(names.length > 0 ? ownValues(environments, values) : []),
    "fill() {",
    "  local text name",
    `  [ -f "$1" ] || ${fail("The repository has no file $1.")}`,
    '  text="$(cat "$1")" || exit 1',
    `  for name in ${[...FILLED, ...names].join(" ")}; do`,
    ...(names.length > 0
      ? [
          "    # A line whose placeholder has no value goes.",
          '    [ -n "${!name}" ] || text="$(sed "/<${name}>/d" <<< "${text}")"',
        ]
      : []),
    '    text=${text//"<${name}>"/"${!name}"}',
    "  done",
    `  printf '%s\\n' "\${text}" > "$2" || exit 1`,
    "}",
    ...(repository.filled.length > 0
      ? [
          ...["for file in", ...repository.filled.map((file) => `  "${file}"`)].map((line) => `${line} \\`),
          '; do fill "${file}" "${file}"; done',
        ]
      : []),
    ...repository.copied.map((file) => `cp "${file}" . || exit 1`),
    `rm -rf ${OUTPUT_FOLDER} && mkdir ${OUTPUT_FOLDER} || exit 1`,
    `fill ${OWN_FOLDER}/${TASK_DEFINITION_FILE} ${output(TASK_DEFINITION_FILE)}`,
    `fill ${OWN_FOLDER}/${repository.appSpec} ${output(APP_SPEC_FILE)}`,
    ...checkPlaceholders(output("*"), OWN_FOLDER),
  );
}

/** What differs between the environments beyond the project's variables. */
function ownValues(environments: readonly string[], values: ScaffoldedBuild["values"]): string[] {
  return [
    'case "${ENVIRONMENT}" in',
    ...environments.flatMap((environment, index) => [
      `  ${environment})`,
      ...[...values].map(([name, own]) => `    ${name}=${quoted(own[index] ?? "")}`),
      "    ;;",
    ]),
    `  *) ${fail("The delivery files have no values for environment ${ENVIRONMENT}.")} ;;`,
    "esac",
  ];
}

/** Builds the image. With a stage for the results of tests, that is built first. */
export const buildImage = (source: ImageSource) =>
  script(
    ...nameImage,
    buildStages(source, (options) =>
      [
        `DOCKER_BUILDKIT=1 docker build ${options} \\`,
        ...buildArguments(source).map((line) => `  ${line}`),
      ].join("\n"),
    ),
  );

export const pushAsPushRole = script(
  "set -o pipefail",
  ...nameImage,
  ...assumePushRole,
  ...pushImage,
  ...writeImageDetail,
);
