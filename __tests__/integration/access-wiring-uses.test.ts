import { added, altered, blockAt } from "../support/broken-stacks";
import { systemOf } from "../support/evidence";
import { DEV, faultsOf, roleIn, SHARED } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const { stacks } = shipped;

const buildRole = roleIn(SHARED, "service-role/bys-shared-iam-cdb-role");
const pipelineRole = roleIn(SHARED, "service-role/bys-shared-iam-cdpl-awssdk-iam-role");
const triggerRole = roleIn(SHARED, "service-role/bys-shared-iam-evb-awssdk-iam-dev-role");
const executionRole = roleIn(DEV, "bys-dev-iam-awssdk-iam-ecs-task-exec-role");
const taskRole = roleIn(DEV, "bys-dev-iam-awssdk-iam-ecs-task-role");
const flowLogRole = roleIn(DEV, "bys-dev-iam-flow-logs-role");
const pipeline = `arn:aws:codepipeline:ap-northeast-2:${SHARED}:bys-shared-cdpl-awssdk-iam-dev`;
const taskDefinition = `arn:aws:ecs:ap-northeast-2:${DEV}:task-definition/bys-dev-td-awssdk-iam`;
const bucket = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";
const key = shipped.evidence.keys[0]?.arn ?? "";

/** The faults of a resource more, each as its path and what it uses there. */
const usesOf = (stack: string, type: string, block: Record<string, unknown>) =>
  faultsOf(shipped, added(stacks, stack, type, block)).map(([title]) => {
    const [, path, used] =
      new RegExp(`^stack ${stack}: ${type} "further": (\\S+) uses (\\S+) where nothing needs it$`).exec(
        title ?? "",
      ) ?? [];
    return [path, used];
  });

/** A copy of a resource, by another name. */
const copy = (address: string, ...keys: readonly string[]) => ({
  ...blockAt(stacks, address),
  ...Object.fromEntries(keys.map((name) => [name, "other"])),
});

describe("a resource more that uses what is a delivery's own", () => {
  it.each([
    [
      "shared",
      "aws_codebuild_project",
      copy("shared.aws_codebuild_project", "name"),
      [
        ["service_role", buildRole],
        ["environment.environment_variable.6.value", roleIn(DEV, "bys-dev-iam-deploy-role")],
        ["cache.location", bucket],
        ["encryption_key", key],
      ],
    ],
    [
      "shared",
      "aws_codepipeline",
      copy("shared.aws_codepipeline", "name"),
      [
        ["role_arn", pipelineRole],
        [
          "stage.1.action.0.configuration.ProjectName",
          `arn:aws:codebuild:ap-northeast-2:${SHARED}:project/bys-shared-cdb-awssdk-iam-dev`,
        ],
        ["stage.2.action.0.role_arn", roleIn(DEV, "bys-dev-iam-create-cdp-in-shared")],
        ["artifact_store.0.location", bucket],
        ["artifact_store.0.encryption_key.id", key],
      ],
    ],
    [
      "dev",
      "aws_ecs_task_definition",
      copy("dev.aws_ecs_task_definition", "family"),
      [
        ["execution_role_arn", executionRole],
        ["task_role_arn", taskRole],
      ],
    ],
    ["dev", "aws_flow_log", copy("dev.aws_flow_log", "vpc_id"), [["iam_role_arn", flowLogRole]]],
    [
      "dev",
      "aws_codedeploy_deployment_group",
      copy("dev.aws_codedeploy_deployment_group", "deployment_group_name"),
      [["service_role_arn", roleIn(DEV, "bys-dev-iam-cdp-role")]],
    ],
    [
      "dev",
      "aws_lb",
      { name: "other", access_logs: { bucket: "bys-shared-s3-tfstate" } },
      [["access_logs.bucket", "arn:aws:s3:::bys-shared-s3-tfstate"]],
    ],
  ])("in %s, %s", (stack, type, block, uses) => {
    expect(usesOf(stack, type, block).sort()).toEqual(uses.sort());
  });

  it.each([
    ["a role's ARN", { role_arn: taskRole }, "role_arn", taskRole],
    ["a role's name", { iam_role: "bys-dev-iam-awssdk-iam-ecs-task-role" }, "iam_role", taskRole],
    ["a role inside a text", { text: `{"Role":"${taskRole}"}` }, "text", taskRole],
    [
      "a role inside an expression",
      {
        role_arn:
          '${format("%s", aws_iam_role.services_awssdk-iam_delivery_running_roles_task-role_39935969.arn)}',
      },
      "role_arn",
      taskRole,
    ],
    ["a key by its id", { kms_key_id: key.split("/")[1] }, "kms_key_id", key],
    ["a key by its alias", { kms_key_id: "alias/bys-shared-kms-codeseries-awssdk-iam" }, "kms_key_id", key],
    ["a bucket's ARN", { x: [{ y: `${bucket}/*` }] }, "x.0.y", bucket],
    ["a bucket's name", { log_bucket: "bys-shared-s3-codeseries-awssdk-iam" }, "log_bucket", bucket],
    ["a pipeline", { arn: pipeline }, "arn", pipeline],
    [
      "a project's name",
      { configuration: { ProjectName: "bys-shared-cdb-awssdk-iam-dev" } },
      "configuration.ProjectName",
      `arn:aws:codebuild:ap-northeast-2:${SHARED}:project/bys-shared-cdb-awssdk-iam-dev`,
    ],
    ["a task definition", { task_definition: `${taskDefinition}:7` }, "task_definition", taskDefinition],
    [
      "a task definition's family",
      { task_definition: "bys-dev-td-awssdk-iam" },
      "task_definition",
      taskDefinition,
    ],
  ])("by %s", (_, block, path, used) => {
    expect(usesOf("dev", "aws_vpc_endpoint", block)).toEqual([[path, used]]);
  });

  it("is named too where its reference cannot be resolved", () => {
    const block = { role_arn: '${aws_iam_role.any["arn"]}' };
    expect(faultsOf(shipped, added(stacks, "dev", "aws_vpc_endpoint", block))).toEqual([
      [
        'stack dev: aws_vpc_endpoint "further": role_arn uses what cannot be resolved where nothing needs it',
        "what cannot be resolved",
      ],
    ]);
  });

  it("is not named for another's name that begins alike, nor for a bucket's name that is just a word", () => {
    const block = {
      role_arn: `${taskRole}-of-another`,
      log_bucket: "bys-shared-s3-codeseries-awssdk-iam-of-another",
      comment: "bys-shared-s3-codeseries-awssdk-iam",
    };
    expect(usesOf("dev", "aws_vpc_endpoint", block)).toEqual([]);
  });
});

describe("a second target of the rule that starts a pipeline", () => {
  const target = copy("shared.aws_cloudwatch_event_target", "target_id");

  it("is named, for the pipeline itself", () => {
    const titles = faultsOf(shipped, added(stacks, "shared", "aws_cloudwatch_event_target", target));
    expect(titles.map(([title]) => title)).toEqual([
      expect.stringContaining(": target_id is not what it must be"),
      `stack shared: aws_cloudwatch_event_target "further": role_arn uses ${triggerRole} where nothing needs it`,
      `stack shared: aws_cloudwatch_event_target "further": arn uses ${pipeline} where nothing needs it`,
    ]);
  });

  it("is named, for anything else", () => {
    const other = { ...target, arn: "other", role_arn: "other" };
    const faults = faultsOf(shipped, added(stacks, "shared", "aws_cloudwatch_event_target", other));
    expect(faults.map(([title]) => title)).toContainEqual(
      expect.stringContaining(": arn is not what it must be"),
    );
  });
});

describe("two resources of one name", () => {
  it("must fit, each", () => {
    const second = added(
      stacks,
      "shared",
      "aws_codebuild_project",
      blockAt(stacks, "shared.aws_codebuild_project"),
    );
    const faults = faultsOf(
      shipped,
      altered(second, "shared.aws_codebuild_project.further", "service_role", "other"),
    );
    expect(faults).toContainEqual([
      'stack shared: aws_codebuild_project "bys-shared-cdb-awssdk-iam-dev": service_role is not what it must be',
      buildRole,
      "other",
    ]);
  });
});
