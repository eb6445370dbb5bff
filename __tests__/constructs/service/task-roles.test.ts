import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput } from "cdktf";
import { TaskRoles, type TaskRolesProps } from "../../../src/constructs/service/task-roles";
import { all, policies, statement, synth, type PolicyStatement, type Stack } from "../../support/synth";

const secret = "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:dev/awssdk-iam/db-Ab1Cd2";
const parameter = "arn:aws:ssm:ap-northeast-2:558846431111:parameter/dev/awssdk-iam/token";

const props: TaskRolesProps = {
  executionRoleName: "bys-dev-iam-ecs-task-exec-role",
  taskRoleName: "bys-dev-iam-ecs-task-role",
  accountId: "558846431111",
  region: "ap-northeast-2",
  containerRepositoryArns: ["arn:aws:ecr:ap-northeast-2:558846431111:repository/ecs/dev-awssdk-iam"],
  logGroupName: "/ecs/bys-dev-awssdk-iam",
  secretArns: [],
  parameterArns: [],
  exec: false,
  xray: false,
};

const build = (overrides: Partial<TaskRolesProps> = {}) =>
  synth((scope) => {
    const roles = new TaskRoles(scope, "roles", { ...props, ...overrides });
    const value = [roles.executionRoleArn, roles.taskRoleArn];
    new TerraformOutput(scope, "arns", { value, staticId: true, dependsOn: roles.ready });
  });

const execution = (stack: Stack): PolicyStatement[] =>
  policies(stack)["roles_execution-role_permissions"] ?? [];
const task = (stack: Stack): PolicyStatement[] => policies(stack)["roles_task-role_permissions"] ?? [];

/** What may be done to any resource. */
const anywhere = (statements: PolicyStatement[]) =>
  statements.filter(({ resources }) => resources?.includes("*")).flatMap(({ actions }) => actions);

const stack = build();
const full = build({ secretArns: [secret], parameterArns: [parameter], exec: true, xray: true });

describe("TaskRoles", () => {
  it("makes two roles, so that the application has nothing of what starting it takes", () => {
    expect(all(stack, IamRole).map(({ name }) => name)).toEqual([
      "bys-dev-iam-ecs-task-exec-role",
      "bys-dev-iam-ecs-task-role",
    ]);
  });

  it("hands on the execution role's ARN first, and does not mistake one for the other", () => {
    expect(stack.output?.arns?.value).toEqual([
      expect.stringMatching(/^\$\{aws_iam_role\.roles_execution-role_\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_iam_role\.roles_task-role_\w+\.arn\}$/),
    ]);
  });

  it("is ready when the roles' policies are, and for a role without policy when the role is", () => {
    expect(stack.output?.arns?.depends_on).toEqual([
      expect.stringMatching(/^\$\{aws_iam_role_policy\.roles_execution-role_/),
      expect.stringMatching(/^\$\{aws_iam_role\.roles_task-role_/),
    ]);
    expect(full.output?.arns?.depends_on).toEqual([
      expect.stringMatching(/^\$\{aws_iam_role_policy\.roles_execution-role_/),
      expect.stringMatching(/^\$\{aws_iam_role_policy\.roles_task-role_/),
    ]);
  });

  it.each(["execution-role", "task-role"])("trusts tasks of its own account and region only (%s)", (role) => {
    expect(policies(stack)[`roles_${role}_trust`]).toEqual([
      expect.objectContaining({
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
        condition: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["558846431111"] },
          {
            test: "ArnLike",
            variable: "aws:SourceArn",
            values: ["arn:aws:ecs:ap-northeast-2:558846431111:*"],
          },
        ],
      }),
    ]);
  });

  describe("to start tasks", () => {
    it("pulls images of its repositories", () => {
      expect(statement(stack, "PullImage")).toMatchObject({
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        resources: ["arn:aws:ecr:ap-northeast-2:558846431111:repository/ecs/dev-awssdk-iam"],
      });
    });

    it("pulls the images of sidecars too", () => {
      const sidecars = "arn:aws:ecr:ap-northeast-2:558846431111:repository/tools/proxy";
      const containerRepositoryArns = [...props.containerRepositoryArns, sidecars];
      expect(statement(build({ containerRepositoryArns }), "PullImage").resources).toEqual(
        containerRepositoryArns,
      );
    });

    it("pushes no image", () => {
      expect(JSON.stringify(execution(full))).not.toMatch(
        /ecr:(Put|Upload|InitiateLayerUpload|CompleteLayerUpload)/,
      );
    });

    it("writes to one log group, which it cannot make", () => {
      expect(statement(stack, "WriteLogs")).toMatchObject({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: ["arn:aws:logs:ap-northeast-2:558846431111:log-group:/ecs/bys-dev-awssdk-iam:*"],
      });
    });

    it("uses every resource for logging in only", () => {
      expect(anywhere(execution(full))).toEqual(["ecr:GetAuthorizationToken"]);
    });

    it("reads no secret and no parameter when there are none", () => {
      expect(execution(stack).map(({ sid }) => sid)).toEqual(["LogInToRegistry", "PullImage", "WriteLogs"]);
    });

    it("reads the secrets and parameters of the container, and no other", () => {
      expect(statement(full, "ReadSecrets")).toMatchObject({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [secret],
      });
      expect(statement(full, "ReadParameters")).toMatchObject({
        actions: ["ssm:GetParameters"],
        resources: [parameter],
      });
    });

    it("reads secrets without parameters, and parameters without secrets", () => {
      const sids = (overrides: Partial<TaskRolesProps>) => execution(build(overrides)).map(({ sid }) => sid);
      expect(sids({ secretArns: [secret] })).not.toContain("ReadParameters");
      expect(sids({ parameterArns: [parameter] })).not.toContain("ReadSecrets");
    });
  });

  describe("of the application", () => {
    it("may do nothing by default", () => {
      expect(task(stack)).toEqual([]);
      expect(JSON.stringify(stack.resource?.aws_iam_role_policy)).not.toContain("task-role");
    });

    it("opens a shell when ECS Exec may, through Session Manager's channels", () => {
      expect(task(build({ exec: true }))).toEqual([
        expect.objectContaining({
          sid: "OpenShell",
          actions: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
        }),
      ]);
    });

    it("sends traces when X-Ray is on", () => {
      expect(task(build({ xray: true }))).toEqual([
        expect.objectContaining({
          sid: "SendTraces",
          actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        }),
      ]);
    });

    it("uses every resource for shells and traces only", () => {
      expect(anywhere(task(full)).filter((action) => !/^(ssmmessages:|xray:Put)/.test(action))).toEqual([]);
      expect(task(full)).toHaveLength(2);
    });

    it("reads no secret, pulls no image and passes no role", () => {
      expect(JSON.stringify(task(full))).not.toMatch(/secretsmanager:|ssm:|ecr:|iam:/);
    });
  });

  it("allows no action by a wildcard", () => {
    const actions = [...execution(full), ...task(full)].flatMap((one) => one.actions);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });
});
