import { TASK_DEFINITION_PLACEHOLDER } from "./app-spec";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE, imageDetail } from "./files";
import { IMAGE_PLACEHOLDER } from "./task-definition";

/** The folder of the output artifact, relative to the repository. */
export const OUTPUT_FOLDER = ".codeseries";
/** The folder of the results of tests, and the stage of the Dockerfile that has nothing else. */
export const REPORTS_FOLDER = ".codeseries-reports";
const REPORTS_STAGE = "reports";
/** The files that a repository may have in place of the generated ones. */
const OWN_FOLDER = "codeseries/codedeploy";

/** Placeholders of a repository's own files: `<AWS_REGION>`, and so on. */
const FILLED = [
  "AWS_REGION",
  "ACCOUNT_NO",
  "ENVIRONMENT",
  "APPLICATION_NAME",
  "APPLICATION_PATH",
  "APPLICATION_PORT",
  "APPLICATION_VERSION",
];

const NEEDED = [
  ...FILLED,
  "EXPECTED_BRANCH",
  "BRANCH_NAME",
  "COMMIT_ID",
  "REGISTRY_URL",
  "ECR_REPOSITORY",
  "PUSH_ROLE_ARN",
  "DELIVERY_FILES",
  "CODEBUILD_BUILD_NUMBER",
];

/** What `docker build` gets from the build's environment. */
const BUILD_ARGUMENTS = FILLED.filter((name) => !["AWS_REGION", "ACCOUNT_NO"].includes(name));

/** Shell variables start with `cs_`, so that they are none of the build's own, which are exported. */
/** A sentence on standard error, and the end of the build. */
const fail = (sentence: string) => `{ echo "${sentence}" >&2; exit 1; }`;
const script = (...lines: readonly string[]) => `${lines.join("\n")}\n`;

export const checkVariables = script(
  `for cs_name in ${NEEDED.join(" ")}; do`,
  '  if [ -z "${!cs_name:-}" ]; then',
  '    echo "The environment variable ${cs_name} is missing; the project or the pipeline must set it." >&2',
  "    exit 1",
  "  fi",
  "done",
);

export const checkBranch = script(
  '[ "${BRANCH_NAME}" = "${EXPECTED_BRANCH}" ] ||',
  `  ${fail("Branch ${BRANCH_NAME} is not delivered to ${ENVIRONMENT}; branch ${EXPECTED_BRANCH} is.")}`,
);

export const checkAccount = script(
  'case "${PUSH_ROLE_ARN} ${REGISTRY_URL}" in',
  '  "arn:aws:iam::${ACCOUNT_NO}:role/"*" ${ACCOUNT_NO}.dkr.ecr.${AWS_REGION}.amazonaws.com") ;;',
  '  *) echo "${PUSH_ROLE_ARN} and ${REGISTRY_URL} are not both of account ${ACCOUNT_NO} and region ${AWS_REGION}." >&2; exit 1 ;;',
  "esac",
);

export interface ImageSource {
  /** Both relative to the repository. */
  readonly dockerfile: string;
  readonly context: string;
  /** Names of more variables of the build, which become build arguments. */
  readonly variables: readonly string[];
  /** Names of the build's secrets, which become secrets of BuildKit. */
  readonly secrets: readonly string[];
  /** Whether the Dockerfile has a stage with the results of tests. */
  readonly reports: boolean;
}

export const checkDockerfile = ({ context, dockerfile, reports }: ImageSource) =>
  script(
    `[ -f "${dockerfile}" ] || ${fail(`The repository has no file ${dockerfile}; add it, or set build.dockerfile.`)}`,
    `[ -d "${context}" ] || ${fail(`The repository has no folder ${context}; add it, or set build.context.`)}`,
    ...(reports
      ? [
          `grep -Eiq '^FROM .+ AS ${REPORTS_STAGE}\\s*$' "${dockerfile}" ||`,
          `  ${fail(`${dockerfile} has no stage named ${REPORTS_STAGE}; add it, or remove build.reports.`)}`,
        ]
      : []),
  );

const CREDENTIALS = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";
const NEWEST_TAG = "sort_by(imageDetails, &imagePushedAt)[-1].imageTags[0]";

/**
 * Builds the image, pushes it under a tag of its own and exports its digest. It is one command, because
 * CodeBuild documents only for exported variables that the next command sees them, and the push role's
 * credentials are not exported. The newest image is pulled as a cache; without it, everything is built.
 */
export const buildImage = ({ context, dockerfile, reports, secrets, variables }: ImageSource) =>
  script(
    "set -o pipefail",
    'export IMAGE_TAG="${COMMIT_ID:0:8}-${CODEBUILD_BUILD_NUMBER}"',
    'cs_image="${REGISTRY_URL}/${ECR_REPOSITORY}"',
    'cs_credentials="$(aws sts assume-role --role-arn "${PUSH_ROLE_ARN}" --role-session-name "push-${IMAGE_TAG}" \\',
    `  --query '${CREDENTIALS}' --output text)" || ${fail("The build may not assume ${PUSH_ROLE_ARN}.")}`,
    'read -r cs_key cs_secret cs_token <<< "${cs_credentials}"',
    "ecr() {",
    '  AWS_ACCESS_KEY_ID="${cs_key}" AWS_SECRET_ACCESS_KEY="${cs_secret}" AWS_SESSION_TOKEN="${cs_token}" aws ecr --region "${AWS_REGION}" "$@"',
    "}",
    'ecr get-login-password | docker login --username AWS --password-stdin "${REGISTRY_URL}" || exit 1',
    'cs_newest="$(ecr describe-images --repository-name "${ECR_REPOSITORY}" --filter tagStatus=TAGGED \\',
    `  --query '${NEWEST_TAG}' --output json | tr -d '"')"`,
    "cs_cache=()",
    'if [ -n "${cs_newest}" ] && [ "${cs_newest}" != null ] && docker pull --quiet "${cs_image}:${cs_newest}"; then',
    '  cs_cache=(--cache-from "${cs_image}:${cs_newest}")',
    "fi",
    "build() {",
    '  DOCKER_BUILDKIT=1 docker build "$@" "${cs_cache[@]}" --build-arg BUILDKIT_INLINE_CACHE=1 \\',
    ...[...BUILD_ARGUMENTS, ...variables].map((name) => `    --build-arg ${name} \\`),
    ...secrets.map((name) => `    --secret id=${name},env=${name} \\`),
    `    --file "${dockerfile}" "${context}"`,
    "}",
    ...(reports ? [`build --target ${REPORTS_STAGE} --output ${REPORTS_FOLDER} || exit 1`] : []),
    'build --tag "${cs_image}:${IMAGE_TAG}" || exit 1',
    'docker push "${cs_image}:${IMAGE_TAG}" || exit 1',
    'cs_digest="$(ecr describe-images --repository-name "${ECR_REPOSITORY}" --image-ids "imageTag=${IMAGE_TAG}" \\',
    "  --query 'imageDetails[0].imageDigest' --output text)\" || exit 1",
    "unset cs_credentials cs_key cs_secret cs_token",
    'export IMAGE_URI="${cs_image}@${cs_digest}"',
  );

const own = (file: string) => `${OWN_FOLDER}/${file}`;
const taken = (file: string) => `${OUTPUT_FOLDER}/${file}`;

/** Collects the three files of the output artifact. A file of the repository is used in place of a generated one. */
export const collectFiles = script(
  `rm -rf ${OUTPUT_FOLDER} && mkdir ${OUTPUT_FOLDER} || exit 1`,
  `cs_appspec=${own("appspec.yml")}`,
  `if [ -f ${own("appspec.yaml")} ]; then`,
  `  [ ! -f "\${cs_appspec}" ] || ${fail(`The repository has appspec.yml and appspec.yaml in ${OWN_FOLDER}; keep one.`)}`,
  `  cs_appspec=${own("appspec.yaml")}`,
  "fi",
  `for cs_pair in "${TASK_DEFINITION_FILE} ${own("taskdef.json")}" "${APP_SPEC_FILE} \${cs_appspec}"; do`,
  '  read -r cs_file cs_own <<< "${cs_pair}"',
  `  cs_output="${taken("${cs_file}")}"`,
  '  if [ -f "${cs_own}" ]; then',
  '    cp "${cs_own}" "${cs_output}" || exit 1',
  `    for cs_name in ${FILLED.join(" ")}; do sed -i "s#<\${cs_name}>#\${!cs_name}#g" "\${cs_output}" || exit 1; done`,
  `    cs_unresolved="$(grep -Eo '<[A-Z][A-Z0-9_]*>' "\${cs_output}" | grep -Ev '^${IMAGE_PLACEHOLDER}$|^${TASK_DEFINITION_PLACEHOLDER}$' | sort -u | tr '\\n' ' ')"`,
  `    [ -z "\${cs_unresolved}" ] || ${fail("These placeholders of ${cs_own} have no value: ${cs_unresolved% }.")}`,
  "  else",
  '    aws s3 cp --only-show-errors "${DELIVERY_FILES}/${cs_file}" "${cs_output}" || exit 1',
  "  fi",
  "done",
  `jq -e . ${taken(TASK_DEFINITION_FILE)} > /dev/null || ${fail(`${TASK_DEFINITION_FILE} is not valid JSON.`)}`,
  `grep -q '${IMAGE_PLACEHOLDER}' ${taken(TASK_DEFINITION_FILE)} ||`,
  `  ${fail(`${TASK_DEFINITION_FILE} must have ${IMAGE_PLACEHOLDER} as the image of the service's container.`)}`,
  `grep -q '${TASK_DEFINITION_PLACEHOLDER}' ${taken(APP_SPEC_FILE)} ||`,
  `  ${fail(`\${cs_appspec} must have ${TASK_DEFINITION_PLACEHOLDER} as the task definition.`)}`,
  `cat > ${taken(IMAGE_DETAIL_FILE)} <<EOF`,
  imageDetail("${IMAGE_URI}"),
  "EOF",
);

/** The deploy action's own message for a larger artifact does not mention its size. */
const MAX_BYTES = 3_000_000;

export const checkSize = script(
  `cs_size="$(cat ${OUTPUT_FOLDER}/* | wc -c)"`,
  `[ "\${cs_size}" -lt ${MAX_BYTES} ] || ${fail(`The output has \${cs_size} bytes; the deploy action reads less than ${MAX_BYTES}.`)}`,
);
