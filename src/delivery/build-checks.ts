import { REPORTS_STAGE, type ImageSource } from "./build-image";
import { FILLED, fail, script } from "./build-script";

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
