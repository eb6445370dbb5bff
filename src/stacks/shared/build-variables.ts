import { Fn } from "cdktf";
import { registryHost } from "../../system/arns";
import type { ProjectVariable } from "../../system/build-variables";
import type { Delivery } from "../../system/system";
import type { EnvironmentService } from "../environment/environment-service";
import { escapeTemplates } from "../escape-template";

/**
 * Environment variables of a build. The pipeline adds the commit and the branch.
 *
 * @param deliveryFiles URL of the folder of the delivery files.
 */
export function buildVariables(
  delivery: Delivery,
  target: EnvironmentService,
  deliveryFiles: string,
): Record<string, string> {
  const { account, environment, region, service, settings } = delivery;
  const registry = registryHost({ accountId: account.id, region });
  const own: Record<ProjectVariable, string> = {
    ENVIRONMENT: environment.name,
    EXPECTED_BRANCH: environment.branch,
    AWS_REGION: region,
    ACCOUNT_NO: account.id,
    REGISTRY_URL: registry,
    ECR_REPOSITORY: Fn.trimprefix(target.containerRepositoryUrl, `${registry}/`),
    PUSH_ROLE_ARN: target.pushRoleArn,
    APPLICATION_NAME: service.name,
    // The seed's form: without the leading slash, and a slash alone for the root.
    APPLICATION_PATH: settings.path === "/" ? "/" : settings.path.slice(1),
    APPLICATION_PORT: String(settings.port),
    APPLICATION_VERSION: settings.version,
    DELIVERY_FILES: deliveryFiles,
  };
  return { ...escapeTemplates(settings.build.variables), ...own };
}
