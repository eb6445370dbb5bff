import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { Config } from "../config/schema";
import { serviceNames } from "../naming/names";
import { AccountStack } from "./account-stack";
import { deliveryOf } from "./delivery";
import type { EnvironmentService } from "./environment-service";
import { ServiceTag } from "./resource-tags";
import { SharedService, type Destination } from "./shared-service";

/** The services of each environment, by the environment's name. */
export type Environments = ReadonlyMap<string, ReadonlyMap<string, EnvironmentService>>;

/** The shared account: every service's repository and key, and a pipeline to each environment. */
export class SharedStack extends AccountStack {
  constructor(scope: Construct, id: string, config: Config, environments: Environments) {
    super(scope, id, { config, account: "shared", tags: { Environment: "shared" } });

    const scopes = new Construct(this, "services");
    const services = Object.entries(config.services).map(([serviceName, service]) => {
      const place = new Construct(scopes, serviceName);
      Aspects.of(place).add(new ServiceTag(serviceName));
      const built = new SharedService(place, "delivery", {
        serviceName,
        service,
        names: serviceNames(config, serviceName),
        accountId: this.accountId,
        region: this.region,
        destinations: destinationsOf(config, serviceName, environments),
      });
      return [serviceName, built] as const;
    });

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

function destinationsOf(config: Config, service: string, environments: Environments): Destination[] {
  return [...environments].flatMap(([environment, services]) => {
    const target = services.get(service);
    return target ? [{ delivery: deliveryOf(config, environment, service), target }] : [];
  });
}
