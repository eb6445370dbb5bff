import { fail } from "./build-script";

/**
 * Lines of a command that define ecr, which calls ECR as the push role, and log in to the registry. The role's
 * credentials are not exported: no other program sees them.
 */
export const assumePushRole = [
  'cs_credentials="$(aws sts assume-role --role-arn "${PUSH_ROLE_ARN}" --role-session-name "push-${IMAGE_TAG}" \\',
  "  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)\" ||",
  `  ${fail("The build may not assume ${PUSH_ROLE_ARN}.")}`,
  'read -r cs_key cs_secret cs_token <<< "${cs_credentials}"',
  "ecr() {",
  '  AWS_ACCESS_KEY_ID="${cs_key}" AWS_SECRET_ACCESS_KEY="${cs_secret}" AWS_SESSION_TOKEN="${cs_token}" aws ecr --region "${AWS_REGION}" "$@"',
  "}",
  'ecr get-login-password | docker login --username AWS --password-stdin "${REGISTRY_URL}" || exit 1',
];

/** Lines after those, which push the image and export its digest. */
export const pushImage = [
  'docker push "${cs_image}:${IMAGE_TAG}" || exit 1',
  'cs_digest="$(ecr describe-images --repository-name "${ECR_REPOSITORY}" --image-ids "imageTag=${IMAGE_TAG}" \\',
  "  --query 'imageDetails[0].imageDigest' --output text)\" || exit 1",
  "unset cs_credentials cs_key cs_secret cs_token",
  'export IMAGE_URI="${cs_image}@${cs_digest}"',
];

/** Lines before them, which name the image: tags are immutable, and a commit can be built again. */
export const nameImage = [
  'export IMAGE_TAG="${COMMIT_ID:0:8}-${CODEBUILD_BUILD_NUMBER}"',
  'cs_image="${REGISTRY_URL}/${ECR_REPOSITORY}"',
];
