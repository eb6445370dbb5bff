import { Fn } from "cdktf";
import { registryHost } from "../../system/arns";
import type { ProjectVariable } from "../../system/build-variables";
import type { Delivery } from "../../system/system";
import type { EnvironmentService } from "../environment/environment-service";
import { placeholderValuesOf } from "../delivered";
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
  const { account, branch, region, settings } = delivery;
  const registry = registryHost({ accountId: account.id, region });
  const own: Record<ProjectVariable, string> = {
    ...placeholderValuesOf(delivery),
    EXPECTED_BRANCH: branch,
    REGISTRY_URL: registry,
    ECR_REPOSITORY: Fn.trimprefix(target.containerRepositoryUrl, `${registry}/`),
    PUSH_ROLE_ARN: target.pushRoleArn,
    DELIVERY_FILES: deliveryFiles,
  };
  return { ...escapeTemplates(settings.build.variables), ...own };
}
