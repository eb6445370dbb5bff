import {
  CodeDeployClient,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
} from "@aws-sdk/client-codedeploy";
import type { EmbeddedClients, Place } from "../../../src/aws/embedded-clients";
import { passedTo, WITH_REGISTRATION } from "../../../src/permissions/calls/call";
import type { Context } from "../../../src/permissions/request";
import { regionalArn } from "../../../src/system/arns";
import type { AwsRequest } from "./request";

/** What IAM decides on for a request of the API: one action on one resource. */
export interface Decided {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

type Input = AwsRequest["input"];
/** ARNs of what an input names, given how an ARN of its account is written. */
type Resources = (input: Input, arn: (service: string, resource: string) => string) => string[];

const text = (input: Input, key: string) => (input[key] ?? "") as string;
const texts = (input: Input, key: string) => (input[key] as readonly string[] | undefined) ?? [];
const cluster = (input: Input) => text(input, "cluster").split("/").at(-1) ?? "";

/** For actions without resource types. */
const ANY: Resources = () => ["*"];
const pipeline: Resources = (input, arn) => [
  arn("codepipeline", text(input, input.name === undefined ? "pipelineName" : "name")),
];
const logs: Resources = (input, arn) => [
  arn("logs", `log-group:${text(input, "logGroupName")}:log-stream:${text(input, "logStreamName")}`),
];
const group: Resources = (input, arn) => [
  arn(
    "codedeploy",
    `deploymentgroup:${text(input, "applicationName")}/${text(input, "deploymentGroupName")}`,
  ),
];
const application: Resources = (input, arn) => [
  arn("codedeploy", `application:${text(input, "applicationName")}`),
];
const images: Resources = (input, arn) => [arn("ecr", `repository/${text(input, "repositoryName")}`)];
const alarms: Resources = (_, arn) => [arn("cloudwatch", "alarm:*")];

/**
 * The resources of each action that the commands call.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const RESOURCES: Readonly<Record<string, Resources>> = {
  "application-autoscaling:DescribeScalableTargets": ANY,
  "application-autoscaling:DescribeScalingActivities": ANY,
  "cloudwatch:DescribeAlarms": alarms,
  "cloudwatch:DescribeAlarmHistory": alarms,
  "codebuild:BatchGetBuilds": (input, arn) =>
    texts(input, "ids").map((id) => arn("codebuild", `project/${id.split(":")[0] ?? ""}`)),
  "codecommit:GetCommit": (input, arn) => [arn("codecommit", text(input, "repositoryName"))],
  "codedeploy:BatchGetDeploymentTargets": ANY,
  "codedeploy:CreateDeployment": group,
  "codedeploy:GetApplicationRevision": application,
  "codedeploy:ListDeployments": group,
  "codedeploy:StopDeployment": ANY,
  "codepipeline:GetPipeline": pipeline,
  "codepipeline:GetPipelineExecution": pipeline,
  "codepipeline:GetPipelineState": pipeline,
  "codepipeline:ListActionExecutions": pipeline,
  "codepipeline:ListPipelineExecutions": pipeline,
  "codepipeline:PutApprovalResult": (input, arn) => [
    arn("codepipeline", ["pipelineName", "stageName", "actionName"].map((key) => text(input, key)).join("/")),
  ],
  "ecr:BatchCheckLayerAvailability": images,
  "ecr:BatchGetImage": images,
  "ecr:CompleteLayerUpload": images,
  "ecr:DescribeImages": images,
  "ecr:GetDownloadUrlForLayer": images,
  "ecr:InitiateLayerUpload": images,
  "ecr:PutImage": images,
  "ecr:UploadLayerPart": images,
  "ecs:DescribeServices": (input, arn) =>
    texts(input, "services").map((name) =>
      arn("ecs", `service/${cluster(input)}/${name.split("/").at(-1) ?? ""}`),
    ),
  "ecs:DescribeTaskDefinition": ANY,
  "ecs:DescribeTasks": (input) => [...texts(input, "tasks")],
  "ecs:ListTasks": ANY,
  "ecs:RegisterTaskDefinition": ANY,
  "elasticloadbalancing:DescribeListeners": ANY,
  "elasticloadbalancing:DescribeLoadBalancers": ANY,
  "elasticloadbalancing:DescribeRules": ANY,
  "elasticloadbalancing:DescribeTargetGroups": ANY,
  "elasticloadbalancing:DescribeTargetHealth": ANY,
  "logs:FilterLogEvents": logs,
  "logs:GetLogEvents": logs,
  "sts:AssumeRole": (input) => [text(input, "RoleArn")],
};

/**
 * What IAM decides on for a request, with what it contains in addition: roles that are passed, tags, a revision.
 *
 * @throws Error for an action that is not listed here.
 */
export async function decidedFor(
  { action, input }: AwsRequest,
  place: Place,
  clients: EmbeddedClients,
): Promise<Decided[]> {
  const arn = (service: string, resource: string) => regionalArn(place, service, resource);
  const codedeploy = clients.asService(CodeDeployClient, place);
  if (action === "codedeploy:GetDeployment" || action === "codedeploy:BatchGetDeployments") {
    const ids = [
      ...texts(input, "deploymentIds"),
      ...(input.deploymentId ? [text(input, "deploymentId")] : []),
    ];
    const found = await Promise.all(
      ids.map((deploymentId) => codedeploy.send(new GetDeploymentCommand({ deploymentId }))),
    );
    const groups = found.flatMap(({ deploymentInfo = {} }) => group({ ...deploymentInfo }, arn));
    return [...new Set(groups)].map((resource) => ({ action, resource }));
  }
  const resources = RESOURCES[action];
  if (!resources) throw new Error(`no resources are known of ${action}`);
  const own = resources(input, arn).map((resource) => ({
    action,
    resource,
    context: contextOf(action, input, arn),
  }));
  if (action === "ecs:RegisterTaskDefinition") return [...own, ...registered(input, arn)];
  if (action !== "codedeploy:CreateDeployment") return own;
  const { deploymentGroupInfo } = await codedeploy.send(
    new GetDeploymentGroupCommand({
      applicationName: text(input, "applicationName"),
      deploymentGroupName: text(input, "deploymentGroupName"),
    }),
  );
  const config = arn("codedeploy", `deploymentconfig:${deploymentGroupInfo?.deploymentConfigName ?? ""}`);
  return [
    ...own,
    { action: "codedeploy:GetDeploymentConfig", resource: config },
    ...application(input, arn).map((resource) => ({
      action: "codedeploy:RegisterApplicationRevision",
      resource,
    })),
  ];
}

const contextOf = (action: string, input: Input, arn: (service: string, resource: string) => string) =>
  action === "ecs:ListTasks" ? { "ecs:cluster": arn("ecs", `cluster/${cluster(input)}`) } : undefined;

function registered(input: Input, arn: (service: string, resource: string) => string): Decided[] {
  const roles = [input.executionRoleArn, input.taskRoleArn].filter((role) => typeof role === "string");
  const pass = roles.map((resource) => ({ action: "iam:PassRole", resource, context: passedTo() }));
  const resource = arn("ecs", `task-definition/${text(input, "family")}:1`);
  const tags = texts(input, "tags").length > 0;
  return tags ? [...pass, { action: "ecs:TagResource", resource, context: WITH_REGISTRATION }] : pass;
}
