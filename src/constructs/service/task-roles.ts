import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { condition, type Statement } from "../iam/policy-document";
import { readSecrets, type ReadSecretsProps } from "../iam/read-secrets";
import { Role, type ConfiguredPolicies } from "../iam/role";
import { trustService } from "../iam/trust";

/** The secrets and parameters are those that ECS passes to the containers. */
export interface TaskRolesProps extends ReadSecretsProps {
  readonly executionRoleName: string;
  readonly taskRoleName: string;
  readonly accountId: string;
  readonly region: string;
  /** The ECR repositories of all containers. */
  readonly containerRepositoryArns: readonly string[];
  readonly logGroupName: string;
  /** What the application may do in AWS. @default - nothing but what `exec` and `xray` need */
  readonly configured?: ConfiguredPolicies;
  /** ARNs of customer managed keys that encrypt the secrets and parameters. @default - none */
  readonly secretKeyArns?: readonly string[];
  readonly exec: boolean;
  readonly xray: boolean;
}

/** The execution role, with which ECS starts a task, and the task role, which the application uses. */
export class TaskRoles extends Construct {
  public readonly executionRoleArn: string;
  public readonly taskRoleArn: string;
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    const trust = trustService({
      service: "ecs-tasks.amazonaws.com",
      sourceAccountId: props.accountId,
      // ECS does not support a narrower source ARN here.
      sourceArn: `arn:aws:ecs:${props.region}:${props.accountId}:*`,
    });

    const execution = new Role(this, "execution-role", {
      name: props.executionRoleName,
      description: "Starts tasks: pulls the image, reads secrets, writes logs",
      trust,
      permissions: startTasks(props),
    });
    const task = new Role(this, "task-role", {
      name: props.taskRoleName,
      description: "The application itself",
      trust,
      permissions: [...(props.exec ? [openShell] : []), ...(props.xray ? [sendTraces] : [])],
      configured: props.configured,
    });

    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
    this.ready = [...execution.ready, ...task.ready];
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function startTasks(props: TaskRolesProps): Statement[] {
  const { accountId, region } = props;
  return [
    // GetAuthorizationToken does not support resource-level permissions.
    { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      resources: props.containerRepositoryArns,
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`arn:aws:logs:${region}:${accountId}:log-group:${props.logGroupName}:*`],
    },
    ...readSecrets(props),
    ...decryptSecrets(props),
  ];
}

/**
 * Secrets Manager and SSM decrypt with the role's permissions; nothing else may use the keys with it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function decryptSecrets({ parameterArns, secretArns, secretKeyArns = [] }: TaskRolesProps): Statement[] {
  if (secretKeyArns.length === 0) return [];
  const services = [...secretArns, ...parameterArns].map((arn) => {
    const [, , service = "", region = ""] = arn.split(":");
    return `${service}.${region}.amazonaws.com`;
  });
  return [
    {
      sid: "DecryptSecrets",
      actions: ["kms:Decrypt"],
      resources: secretKeyArns,
      condition: [condition("StringEquals", "kms:ViaService", ...new Set(services))],
    },
  ];
}

/** These actions do not support resource-level permissions. */
const openShell: Statement = {
  sid: "OpenShell",
  actions: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  resources: ["*"],
};

/** These actions do not support resource-level permissions. The daemon uses its default sampling rules. */
const sendTraces: Statement = {
  sid: "SendTraces",
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};
