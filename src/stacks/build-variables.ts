import { Fn } from "cdktf";
import type { ProjectVariable } from "../config/build-variables";
import { registryHost } from "../naming/arns";
import type { Delivery } from "./delivery";
import type { EnvironmentService } from "./environment-service";
import { literals } from "./literal";

/** What a build must be told, beside the commit and the branch that its pipeline passes. */
export function buildVariables(delivery: Delivery, target: EnvironmentService): Record<string, string> {
  const { accountId, environment, environmentName, region, service, serviceName, settings } = delivery;
  const registry = registryHost({ accountId, region });
  const own: Record<ProjectVariable, string> = {
    ENVIRONMENT: environmentName,
    EXPECTED_BRANCH: environment.branch,
    AWS_REGION: region,
    ACCOUNT_NO: accountId,
    REGISTRY_URL: registry,
    ECR_REPOSITORY: Fn.trimprefix(target.containerRepositoryUrl, `${registry}/`),
    PUSH_ROLE_ARN: target.pushRoleArn,
    APPLICATION_NAME: serviceName,
    // The seed's form: without the leading slash, and a slash alone for the root.
    APPLICATION_PATH: service.path === "/" ? "/" : service.path.slice(1),
    APPLICATION_PORT: String(service.port),
    APPLICATION_VERSION: service.version,
  };
  return { ...literals(settings.build.variables), ...own };
}
