import { Construct } from "constructs";
import { deploymentRights } from "../constructs/operation/deployment-rights";
import { OperatorPolicy } from "../constructs/operation/operator-policy";
import { pipelineRights } from "../constructs/operation/pipeline-rights";
import { approvalArnOf, sourceArnOf, type OperatorPolicy as Policy } from "../system/operation/operators";
import type { Delivery } from "../system/system";

type Arns = Readonly<Record<string, readonly string[]>>;

/** The policies for people that a stack has. */
export class Operators extends Construct {
  /** ARNs by environment: a policy that would be too long is divided. */
  public readonly policyArns: Readonly<Record<Policy["whose"], Arns>>;

  constructor(scope: Construct, id: string, policies: readonly Policy[], region: string) {
    super(scope, id);
    const made = policies.map((policy) => ({ ...policy, arn: this.create(policy, region).arn }));
    const environments = [...new Set(policies.map(({ environment }) => environment.name))];
    const arnsFor = (whose: Policy["whose"]) =>
      Object.fromEntries(
        environments.map((name) => [
          name,
          made.filter((one) => one.whose === whose && one.environment.name === name).map(({ arn }) => arn),
        ]),
      );
    this.policyArns = { readers: arnsFor("readers"), operators: arnsFor("operators") };
  }

  private create({ deliveries, environment, name, on, promotes, whose }: Policy, region: string) {
    const { account, arns, names } = environment;
    const rights = whose === "readers" ? "read" : "operate";
    const cluster = {
      accountId: account.id,
      region,
      clusterName: names.cluster,
      eventLogGroupArn: arns.eventLogGroup,
      promotionRoleArn: promotes ? arns.promotionRole : undefined,
    };
    return new OperatorPolicy(this, name, {
      policyName: name,
      description: DESCRIPTIONS[on][whose](environment.name),
      permissions:
        on === "pipelines"
          ? pipelineRights(deliveries.map(operatedPipeline), rights)
          : deploymentRights(deliveries.map(operatedDeployment), cluster, rights),
    });
  }
}

const DESCRIPTIONS = {
  pipelines: {
    readers: (name: string) => `See the pipelines and builds of ${name}.`,
    operators: (name: string) => `Approve and stop releases to ${name}, and see its pipelines and builds.`,
  },
  deployments: {
    readers: (name: string) => `See the deployments, services and tasks of ${name}.`,
    operators: (name: string) => `Release to ${name}, stop and continue deployments, and see its services.`,
  },
};

function operatedPipeline(delivery: Delivery) {
  const { buildLogGroup: logGroupArn, buildProject: projectArn, pipeline: pipelineArn } = delivery.arns;
  const approvalArn = approvalArnOf(delivery);
  return { pipelineArn, approvalArn, projectArn, logGroupArn, repositoryArn: sourceArnOf(delivery) };
}

const operatedDeployment = ({ arns }: Delivery) => ({
  applicationArn: arns.application,
  deploymentGroupArn: arns.deploymentGroup,
  deploymentConfigArn: arns.deploymentConfig,
  serviceArn: arns.ecsService,
  containerRepositoryArn: arns.containerRepository,
  logGroupArn: arns.serviceLogGroup,
  taskDefinitionArn: arns.taskDefinition,
  taskRoleArns: [arns.roles.execution, arns.roles.task],
});
