/** Environment variables that the CodeBuild project gives to the buildspec. */
export const PROJECT_VARIABLES = [
  "ENVIRONMENT",
  "EXPECTED_BRANCH",
  "AWS_REGION",
  "ACCOUNT_NO",
  "REGISTRY_URL",
  "ECR_REPOSITORY",
  "PUSH_ROLE_ARN",
  "APPLICATION_NAME",
  "APPLICATION_PATH",
  "APPLICATION_PORT",
  "APPLICATION_VERSION",
  "DELIVERY_FILES",
] as const;

/** Those that the pipeline adds to each build, from the source action. */
export const PIPELINE_VARIABLES = ["COMMIT_ID", "BRANCH_NAME"] as const;

export type ProjectVariable = (typeof PROJECT_VARIABLES)[number];

/** Those that the generated buildspec exports. */
const EXPORTED_VARIABLES = ["IMAGE_TAG", "IMAGE_URI"];

/** Names that a configuration may not give to a variable of its own. */
export const RESERVED_BUILD_VARIABLES: readonly string[] = [
  ...PROJECT_VARIABLES,
  ...PIPELINE_VARIABLES,
  ...EXPORTED_VARIABLES,
];
