import { Construct } from "constructs";
import {
  operateDeployments,
  operatePipelines,
  OperatorPolicy,
} from "../constructs/operation/operator-policy";
import { approvalArnOf, type OperatorPolicy as Policy } from "../system/operators";
import type { Delivery } from "../system/system";

/** The policies for operators that a stack has. */
export class Operators extends Construct {
  /** ARNs by environment: a policy that would be too long is divided. */
  public readonly policyArns: Readonly<Record<string, readonly string[]>>;

  constructor(scope: Construct, id: string, policies: readonly Policy[]) {
    super(scope, id);
    const arns = new Map<string, string[]>();
    for (const policy of policies) {
      const { arn } = this.create(policy);
      arns.set(policy.environment.name, [...(arns.get(policy.environment.name) ?? []), arn]);
    }
    this.policyArns = Object.fromEntries(arns);
  }

  private create({ deliveries, environment, name, on }: Policy) {
    return new OperatorPolicy(this, name, {
      policyName: name,
      description:
        on === "pipelines"
          ? `Approve releases to ${environment.name}, and see their pipelines and builds.`
          : `Stop and continue deployments in ${environment.name}, and see its services.`,
      permissions:
        on === "pipelines"
          ? operatePipelines(deliveries.map(operatedPipeline))
          : operateDeployments(deliveries.map(operatedDeployment)),
    });
  }
}

function operatedPipeline(delivery: Delivery) {
  const { buildLogGroup: logGroupArn, buildProject: projectArn, pipeline: pipelineArn } = delivery.arns;
  return { pipelineArn, approvalArn: approvalArnOf(delivery), projectArn, logGroupArn };
}

const operatedDeployment = ({ arns }: Delivery) => ({
  applicationArn: arns.application,
  deploymentGroupArn: arns.deploymentGroup,
  serviceArn: arns.ecsService,
  logGroupArn: arns.serviceLogGroup,
});
