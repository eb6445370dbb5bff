import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { Service, System } from "../system/system";
import { AccountStack } from "./account-stack";
import type { EnvironmentService } from "./environment/environment-service";
import { Operators } from "./operators";
import { ServiceTag } from "./resource-tags";
import { Notifications } from "./shared/notifications";
import { Repositories } from "./shared/repositories";
import { SharedService, type Destination } from "./shared/shared-service";

/** The services of each environment, by the environment's name. */
export type Environments = ReadonlyMap<string, ReadonlyMap<string, EnvironmentService>>;

/** The shared account: every service's repository and key, and a pipeline to each environment. */
export class SharedStack extends AccountStack {
  constructor(scope: Construct, id: string, system: System, environments: Environments) {
    super(scope, id, { system, account: system.shared, tags: { Environment: "shared" } });

    const scopes = new Construct(this, "services");
    const repositories = new Repositories(this, "repositories", system);
    const services = system.services.map((service) => {
      const serviceScope = new Construct(scopes, service.name);
      Aspects.of(serviceScope).add(new ServiceTag(service.name));
      const built = new SharedService(serviceScope, "delivery", {
        service,
        repositories,
        accountId: system.shared.id,
        region: system.region,
        destinations: destinationsOf(system, service, environments),
      });
      return [service.name, built] as const;
    });

    const { policyArns } = new Operators(
      this,
      "operators",
      system.operatorPolicies.filter(({ on }) => on === "pipelines"),
      system.region,
    );
    new TerraformOutput(this, "reader_policy_arns", { value: policyArns.readers, staticId: true });
    new TerraformOutput(this, "operator_policy_arns", { value: policyArns.operators, staticId: true });
    if (system.notifications.length > 0) {
      const { topicArns } = new Notifications(this, "notifications", system);
      new TerraformOutput(this, "notification_topic_arns", { value: topicArns, staticId: true });
    }
    const outputs = {
      clone_urls: ({ cloneUrl }: SharedService) => cloneUrl,
      developer_policy_arns: ({ developerPolicyArn }: SharedService) => developerPolicyArn,
      pipeline_urls: ({ pipelineUrls }: SharedService) => pipelineUrls,
    };
    for (const [name, of] of Object.entries(outputs)) {
      const values = services.map(([service, built]) => [service, of(built)] as const);
      const known = values.filter(([, value]) => value !== undefined);
      new TerraformOutput(this, name, { value: Object.fromEntries(known), staticId: true });
    }
  }
}

function destinationsOf(system: System, service: Service, environments: Environments): Destination[] {
  return system.deliveries
    .filter((delivery) => delivery.service === service)
    .flatMap((delivery) => {
      const target = environments.get(delivery.environment.name)?.get(service.name);
      return target ? [{ delivery, target }] : [];
    });
}
