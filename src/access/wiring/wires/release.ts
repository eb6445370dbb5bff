import { deploymentConfigName } from "../../../system/names";
import type { Parties } from "../../parties";
import { ANY } from "../difference";
import type { Wire } from "./wire";

/** What releases a service: in whose name, and which service. */
export function releaseWires({ account, configured, names, roles }: Parties): Wire[] {
  const { config } = configured.settings.deployment;
  return [
    {
      account,
      type: "aws_codedeploy_app",
      by: ["name"],
      block: { name: names.codeDeployApplication, compute_platform: "ECS" },
    },
    {
      account,
      type: "aws_codedeploy_deployment_group",
      by: ["deployment_group_name"],
      block: {
        deployment_group_name: names.deploymentGroup,
        app_name: names.codeDeployApplication,
        service_role_arn: roles.codeDeploy,
        deployment_config_name: deploymentConfigName(config, names.deploymentGroup),
        deployment_style: { deployment_type: "BLUE_GREEN", deployment_option: "WITH_TRAFFIC_CONTROL" },
        ecs_service: { cluster_name: names.cluster, service_name: names.service },
        load_balancer_info: {
          target_group_pair_info: {
            target_group: [{ name: names.blueTargetGroup }, { name: names.greenTargetGroup }],
            prod_traffic_route: ANY,
            test_traffic_route: ANY,
          },
        },
        alarm_configuration: ANY,
        auto_rollback_configuration: ANY,
        blue_green_deployment_config: ANY,
      },
    },
  ];
}
