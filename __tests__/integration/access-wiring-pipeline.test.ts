import { systemOf } from "../support/evidence";
import { and, breaks, DEV, ELSEWHERE, roleIn, SHARED, swapped, type Row } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const key = shipped.evidence.keys[0]?.arn ?? "";
const alias = `arn:aws:kms:ap-northeast-2:${SHARED}:alias/bys-shared-kms-codeseries-awssdk-iam`;
const further = { name: "Further", category: "Deploy", owner: "AWS", provider: "S3" };
const stages = "Source, Build, DevDeploy";

breaks(shipped, "shared.aws_codepipeline", "bys-shared-cdpl-awssdk-iam-dev", [
  ["another role", "role_arn", ELSEWHERE, roleIn(SHARED, "service-role/bys-shared-iam-cdpl-awssdk-iam-role")],
  ["a trigger of its own", "trigger", "other", "nothing"],
  ["a stage more", "stage", and({ name: "Further", action: [further] }), stages, `${stages}, Further`],
  ["a stage less", "stage.1", undefined, stages, "Source, DevDeploy", "stage"],
  ["another order", "stage", swapped, stages, "Build, Source, DevDeploy"],
  ["an action more", "stage.1.action", and(further), "Build", "Build, Further", "stage.Build.action"],
]);

const storeKey = "artifact_store.0.encryption_key";
breaks(shipped, "shared.aws_codepipeline", "bys-shared-cdpl-awssdk-iam-dev", [
  [
    "a second store",
    "artifact_store",
    () => [{ type: "S3" }, { type: "S3" }],
    JSON.stringify({
      type: "S3",
      location: "bys-shared-s3-codeseries-awssdk-iam",
      encryption_key: { id: key, type: "KMS" },
    }),
    '{"type":"S3"}, {"type":"S3"}',
  ],
  ["another bucket", "artifact_store.0.location", "other", "bys-shared-s3-codeseries-awssdk-iam"],
  ["an alias in place of the key's ARN", `${storeKey}.id`, alias, key],
  ["another type of key", `${storeKey}.type`, "OTHER", "KMS"],
  ["no type of key", `${storeKey}.type`, undefined, "KMS", "nothing"],
  ["no key", storeKey, undefined, JSON.stringify({ id: key, type: "KMS" }), "nothing"],
]);

const action = (index: number, name: string, rest: string) =>
  [`stage.${index}.action.0.${rest}`, `stage.${name}.action.${name}.${rest}`] as const;

function changed(index: number, name: string, rest: string, expected: string): Row {
  const [path, at] = action(index, name, rest);
  return [`${name}: another ${rest}`, path, "other", expected, "other", at];
}

breaks(shipped, "shared.aws_codepipeline", "bys-shared-cdpl-awssdk-iam-dev", [
  changed(0, "Source", "provider", "CodeCommit"),
  changed(0, "Source", "category", "Source"),
  changed(0, "Source", "owner", "AWS"),
  changed(0, "Source", "role_arn", "nothing"),
  changed(0, "Source", "configuration.BranchName", "develop"),
  changed(0, "Source", "configuration.RepositoryName", "awssdk-iam"),
  changed(0, "Source", "configuration.PollForSourceChanges", "false"),
  changed(1, "Build", "provider", "CodeBuild"),
  changed(1, "Build", "category", "Build"),
  changed(1, "Build", "owner", "AWS"),
  changed(1, "Build", "role_arn", "nothing"),
  changed(1, "Build", "configuration.ProjectName", "bys-shared-cdb-awssdk-iam-dev"),
  changed(1, "Build", "configuration.PrimarySource", "nothing"),
  changed(2, "DevDeploy", "provider", "CodeDeployToECS"),
  changed(2, "DevDeploy", "category", "Deploy"),
  changed(2, "DevDeploy", "owner", "AWS"),
  changed(2, "DevDeploy", "role_arn", roleIn(DEV, "bys-dev-iam-create-cdp-in-shared")),
  changed(2, "DevDeploy", "configuration.ApplicationName", "bys-dev-cddp-ecs-main-awssdk-iam"),
  changed(2, "DevDeploy", "configuration.DeploymentGroupName", "bys-dev-cddpg-ecs-main-awssdk-iam"),
  changed(2, "DevDeploy", "configuration.AppSpecTemplatePath", "appspec.yml"),
]);

const approved = "Source, Build, PrdApproval, PrdDeploy";
breaks(
  systemOf("__tests__/fixtures/three-environments.yaml"),
  "shared.aws_codepipeline.orders_delivery_prd",
  "orders-prd",
  [
    ["no approval", "stage.2", undefined, approved, "Source, Build, PrdDeploy", "stage"],
    [
      "another approval",
      "stage.2.action.0.provider",
      "other",
      "Manual",
      "other",
      "stage.PrdApproval.action.Approve.provider",
    ],
    changed(0, "Source", "configuration.FullRepositoryId", "acme/orders"),
    changed(0, "Source", "configuration.DetectChanges", "true"),
    changed(0, "Source", "configuration.BranchName", "master"),
  ],
);
