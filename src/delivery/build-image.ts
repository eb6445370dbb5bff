import { FILLED, fail, script } from "./build-script";

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

/** The folder of the results of tests, and the stage of the Dockerfile that has nothing else. */
export const REPORTS_FOLDER = ".codeseries-reports";
export const REPORTS_STAGE = "reports";

/** What `docker build` gets from the build's environment. */
export const BUILD_ARGUMENTS = FILLED.filter((name) => !["AWS_REGION", "ACCOUNT_NO"].includes(name));

const CREDENTIALS = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";
const NEWEST_TAG = "sort_by(imageDetails, &imagePushedAt)[-1].imageTags[0]";

/**
 * Builds the image, pushes it under a tag of its own and exports its digest. It is one command, because
 * the push role's credentials are not exported. The newest image is pulled as a cache; without it, everything is built.
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
