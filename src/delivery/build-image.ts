import { FILLED, script } from "./build-script";
import { assumePushRole, nameImage, pushImage } from "./push-image";

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
const BUILD_ARGUMENTS = FILLED.filter((name) => !["AWS_REGION", "ACCOUNT_NO"].includes(name));

/** Lines of `docker build` after its options. */
export const buildArguments = ({ context, dockerfile, secrets, variables }: ImageSource) => [
  ...[...BUILD_ARGUMENTS, ...variables].map((name) => `--build-arg ${name} \\`),
  ...secrets.map((name) => `--secret id=${name},env=${name} \\`),
  `--file "${dockerfile}" "${context}"`,
];

/**
 * Builds the image, after the results of tests if there are any. Their folder is moved into the repository
 * afterwards, so that `COPY . .` copies none of them, and also if the image cannot be built. The status is the image's.
 *
 * @param build The call of `docker build` with these options.
 */
export const buildStages = ({ reports }: ImageSource, build: (options: string) => string): string => {
  const image = build('--tag "${cs_image}:${IMAGE_TAG}"');
  if (!reports) return image;
  return [
    'cs_reports="$(mktemp -d)" || exit 1',
    `${build(`--target ${REPORTS_STAGE} --output "\${cs_reports}"`)} || exit 1`,
    image,
    "cs_built=$?",
    `rm -rf ${REPORTS_FOLDER} && mv "\${cs_reports}" ${REPORTS_FOLDER} || exit 1`,
    '[ "${cs_built}" -eq 0 ]',
  ].join("\n");
};

const NEWEST_TAG = "sort_by(imageDetails, &imagePushedAt)[-1].imageTags[0]";

/**
 * Builds the image, pushes it under a tag of its own and exports its digest. It is one command, because
 * the push role's credentials are not exported. The newest image is pulled as a cache; without it, everything is built.
 */
export const buildImage = (source: ImageSource) =>
  script(
    "set -o pipefail",
    ...nameImage,
    ...assumePushRole,
    'cs_newest="$(ecr describe-images --repository-name "${ECR_REPOSITORY}" --filter tagStatus=TAGGED \\',
    `  --query '${NEWEST_TAG}' --output json | tr -d '"')"`,
    "cs_cache=()",
    'if [ -n "${cs_newest}" ] && [ "${cs_newest}" != null ] && docker pull --quiet "${cs_image}:${cs_newest}"; then',
    '  cs_cache=(--cache-from "${cs_image}:${cs_newest}")',
    "fi",
    "build() {",
    '  DOCKER_BUILDKIT=1 docker build "$@" "${cs_cache[@]}" --build-arg BUILDKIT_INLINE_CACHE=1 \\',
    ...buildArguments(source).map((line) => `    ${line}`),
    "}",
    `${buildStages(source, (options) => `build ${options}`)} || exit 1`,
    ...pushImage,
  );
