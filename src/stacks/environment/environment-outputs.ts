import type { LoadBalancer } from "../../constructs/ingress/load-balancer";
import type { EnvironmentNetwork } from "./environment-network";
import type { EnvironmentService } from "./environment-service";

export interface EnvironmentOutputsProps {
  readonly network: EnvironmentNetwork;
  readonly loadBalancer: LoadBalancer;
  /** By name. */
  readonly services: ReadonlyMap<string, EnvironmentService>;
}

/** What other Terraform code of the account needs to work with an environment, such as its databases. */
export function environmentOutputs({ loadBalancer, network, services }: EnvironmentOutputsProps) {
  const byService = (of: (service: EnvironmentService) => string) =>
    Object.fromEntries([...services].map(([name, service]) => [name, of(service)]));
  return {
    container_repository_urls: byService(({ containerRepositoryUrl }) => containerRepositoryUrl),
    task_security_group_ids: byService(({ running }) => running.securityGroupId),
    task_role_arns: byService(({ running }) => running.taskRoleArn),
    task_role_names: byService(({ running }) => running.taskRoleName),
    log_group_names: byService(({ running }) => running.logGroupName),
    vpc_id: network.vpcId,
    subnet_ids: { public: network.publicSubnetIds, private: network.privateSubnetIds },
    listener_arns: { production: loadBalancer.productionListener.arn, test: loadBalancer.testListener.arn },
  };
}
