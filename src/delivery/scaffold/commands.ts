import { TASK_DEFINITION_PLACEHOLDER } from "../app-spec";
import { BUILD_ARGUMENTS } from "../build-image";
import { fail, FILLED, OUTPUT_FOLDER, script } from "../build-script";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, imageDetail, TASK_DEFINITION_FILE } from "../files";
import { IMAGE_PLACEHOLDER } from "../task-definition";
import type { Repository } from "./repository";

export interface ScaffoldedBuild {
  readonly service: string;
  readonly environments: readonly string[];
  readonly repository: Repository;
  /** Where the repository keeps the files of CodeDeploy. */
  readonly folder: string;
  /** Values of further placeholders in each environment, in their order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Names of more variables of the build, which become build arguments. */
  readonly variables: readonly string[];
  /** Names of the build's secrets, which become secrets of BuildKit. */
  readonly secrets: readonly string[];
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Fills the files of the repository in their places, and those of CodeDeploy into the output. */
export function fillFiles({ environments, folder, repository, values }: ScaffoldedBuild): string {
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
    `fill ${folder}/${TASK_DEFINITION_FILE} ${output(TASK_DEFINITION_FILE)}`,
    `fill ${folder}/${repository.appSpec} ${output(APP_SPEC_FILE)}`,
    `unresolved="$(grep -Eho '<[A-Z][A-Z0-9_]*>' ${output("*")} | grep -Ev '^(${IMAGE_PLACEHOLDER}|${TASK_DEFINITION_PLACEHOLDER})$' | sort -u | tr '\\n' ' ')"`,
    `[ -z "\${unresolved}" ] || ${fail(`These placeholders in ${folder} have no value: \${unresolved% }.`)}`,
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

export const nameImage = script(
  'export IMAGE_TAG="${COMMIT_ID:0:8}-${CODEBUILD_BUILD_NUMBER}" IMAGE="${REGISTRY_URL}/${ECR_REPOSITORY}"',
);

export const buildImage = ({ repository: { context, dockerfile }, secrets, variables }: ScaffoldedBuild) =>
  script(
    "DOCKER_BUILDKIT=1 docker build \\",
    ...[...BUILD_ARGUMENTS, ...variables].map((name) => `  --build-arg ${name} \\`),
    ...secrets.map((name) => `  --secret id=${name},env=${name} \\`),
    `  --tag "\${IMAGE}:\${IMAGE_TAG}" --file "${dockerfile}" "${context}"`,
  );

export const pushImage = script(
  "set -o pipefail",
  'credentials="$(aws sts assume-role --role-arn "${PUSH_ROLE_ARN}" --role-session-name "push-${IMAGE_TAG}" \\',
  `  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)" || ${fail("The build may not assume ${PUSH_ROLE_ARN}.")}`,
  'read -r key secret token <<< "${credentials}"',
  "ecr() {",
  '  AWS_ACCESS_KEY_ID="${key}" AWS_SECRET_ACCESS_KEY="${secret}" AWS_SESSION_TOKEN="${token}" aws ecr --region "${AWS_REGION}" "$@"',
  "}",
  'ecr get-login-password | docker login --username AWS --password-stdin "${REGISTRY_URL}" || exit 1',
  'docker push "${IMAGE}:${IMAGE_TAG}" || exit 1',
  'digest="$(ecr describe-images --repository-name "${ECR_REPOSITORY}" --image-ids "imageTag=${IMAGE_TAG}" \\',
  "  --query 'imageDetails[0].imageDigest' --output text)\" || exit 1",
  "unset credentials key secret token",
  'export IMAGE_URI="${IMAGE}@${digest}"',
  `cat > ${OUTPUT_FOLDER}/${IMAGE_DETAIL_FILE} <<EOF`,
  imageDetail("${IMAGE_URI}"),
  "EOF",
);

export const checkFiles = script(
  `jq -e . ${OUTPUT_FOLDER}/${TASK_DEFINITION_FILE} > /dev/null ||`,
  `  ${fail(`${TASK_DEFINITION_FILE} is not valid JSON.`)}`,
  `grep -q '"${IMAGE_PLACEHOLDER}"' ${OUTPUT_FOLDER}/${TASK_DEFINITION_FILE} ||`,
  `  ${fail(`${TASK_DEFINITION_FILE} must have ${IMAGE_PLACEHOLDER} as the image of the service's container.`)}`,
  `grep -q '${TASK_DEFINITION_PLACEHOLDER}' ${OUTPUT_FOLDER}/${APP_SPEC_FILE} ||`,
  `  ${fail(`${APP_SPEC_FILE} must have ${TASK_DEFINITION_PLACEHOLDER} as the task definition.`)}`,
);
