import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import {
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  SubmitTaskStateChangeCommand,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import {
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IMAGE_PLACEHOLDER, taskDefinition } from "../../../src/delivery/task-definition";
import { alarmsOf } from "../../../src/operate/read/alarms";
import { imageWith } from "../../../src/operate/read/images";
import { taskDefinitionOf } from "../../../src/stacks/delivered";
import type { Delivery } from "../../../src/system/system";
import type { Listeners } from "../blue-green/load-balancer";
import type { EmbeddedAws } from "../embedded-aws";

/** What a build that ends would tag the image with: the beginning of the commit, and the build's number. */
const TAG = "01234567-8";

const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: {},
  layers: [],
});

let priority = 0;

/** A service whose one task is behind blue. @returns the ARN of its task definition. */
export async function createService(
  aws: EmbeddedAws,
  delivery: Delivery,
  { production, subnets, test, vpc }: Listeners,
): Promise<string> {
  const { account, names, service } = delivery;
  const elb = aws.client(ElasticLoadBalancingV2Client, account.id);
  const group = async (Name: string) => {
    const settings = {
      Protocol: "HTTP",
      Port: delivery.settings.port,
      VpcId: vpc,
      TargetType: "ip",
    } as const;
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand({ Name, ...settings }));
    return TargetGroups?.[0]?.TargetGroupArn ?? "";
  };
  const blue = await group(names.blueTargetGroup);
  const green = await group(names.greenTargetGroup);
  priority += 1;
  for (const [ListenerArn, TargetGroupArn] of [
    [production, blue],
    [test, green],
  ])
    await elb.send(
      new CreateRuleCommand({
        ListenerArn,
        Priority: priority,
        Conditions: [{ Field: "path-pattern", Values: [`/${service.name}/*`] }],
        Actions: [{ Type: "forward", TargetGroupArn }],
      }),
    );
  const digest = await putImage(aws, delivery);
  const ecs = aws.client(ECSClient, account.id);
  const text = JSON.stringify(taskDefinition(taskDefinitionOf(delivery)));
  const input = JSON.parse(
    text.replaceAll(IMAGE_PLACEHOLDER, imageWith(delivery, digest)),
  ) as RegisterTaskDefinitionCommandInput;
  const registered = await ecs.send(new RegisterTaskDefinitionCommand(input));
  const arn = registered.taskDefinition?.taskDefinitionArn ?? "";
  const common = { cluster: names.cluster, taskDefinition: arn, launchType: "FARGATE" } as const;
  const networkConfiguration = { awsvpcConfiguration: { subnets, securityGroups: [] } };
  const made = await ecs.send(
    new CreateServiceCommand({
      ...common,
      serviceName: names.service,
      desiredCount: 1,
      deploymentController: { type: "CODE_DEPLOY" },
      networkConfiguration,
      loadBalancers: [
        { targetGroupArn: blue, containerName: service.name, containerPort: delivery.settings.port },
      ],
    }),
  );
  const startedBy = made.service?.taskSets?.[0]?.id;
  const run = { ...common, startedBy, group: `service:${names.service}`, networkConfiguration };
  const { tasks } = await ecs.send(new RunTaskCommand(run));
  await ecs.send(
    new SubmitTaskStateChangeCommand({
      cluster: names.cluster,
      task: tasks?.[0]?.taskArn,
      status: "RUNNING",
      containers: [{ containerName: service.name, imageDigest: digest, status: "RUNNING" }],
    }),
  );
  const Targets = [{ Id: `10.0.${priority >> 8}.${priority & 255}`, Port: delivery.settings.port }];
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: blue, Targets }));
  await putAlarms(aws, delivery);
  return arn;
}

async function putImage(aws: EmbeddedAws, { account, names }: Delivery): Promise<string> {
  const ecr = aws.client(ECRClient, account.id);
  const { containerRepository: repositoryName } = names;
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const { image } = await ecr.send(
    new PutImageCommand({ repositoryName, imageTag: TAG, imageManifest: MANIFEST }),
  );
  return image?.imageId?.imageDigest ?? "";
}

async function putAlarms(aws: EmbeddedAws, delivery: Delivery): Promise<void> {
  const cloudwatch = aws.client(CloudWatchClient, delivery.account.id);
  const metric = { Namespace: "test", MetricName: "errors", Statistic: "Sum", Period: 60 } as const;
  const limit = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" } as const;
  for (const AlarmName of alarmsOf(delivery))
    await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...metric, ...limit }));
}
