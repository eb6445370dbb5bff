/**
 * The library: constructs for a CDKTF app of your own, and the whole system from one configuration file.
 * Nothing here loads the AWS SDK or the embedded AWS; the command line is `codeseries/command`.
 */
export { buildApp } from "./app";
export { ConfigError } from "./errors";
export type { Config } from "./config/schema";
export { loadSystem, type LoadedSystem } from "./system/load";
export {
  systemOf,
  type Account,
  type Delivery,
  type Environment,
  type Service,
  type System,
} from "./system/system";

export * from "./constructs/artifacts/artifact-bucket";
export * from "./constructs/artifacts/artifact-key";
export * from "./constructs/artifacts/delivery-files";
export * from "./constructs/build/build-action";
export * from "./constructs/build/image-build";
export * from "./constructs/deployment/blue-green-deployment";
export * from "./constructs/deployment/deploy-role";
export * from "./constructs/deployment/promotion-role";
export * from "./constructs/deployment/push-role";
export * from "./constructs/deployment/rollback-alarms";
export * from "./constructs/deployment/traffic-shift";
export type { Statement } from "./constructs/iam/policy-document";
export * from "./constructs/iam/role";
export * from "./constructs/ingress/alias-records";
export * from "./constructs/ingress/access-log-bucket";
export * from "./constructs/ingress/blue-green-target-groups";
export * from "./constructs/ingress/load-balancer";
export * from "./constructs/ingress/service-route";
export * from "./constructs/network/existing-subnets";
export * from "./constructs/network/flow-logs";
export * from "./constructs/network/network";
export * from "./constructs/pipeline/approval-action";
export * from "./constructs/pipeline/blue-green-deploy-action";
export * from "./constructs/pipeline/delivery-pipeline";
export * from "./constructs/pipeline/pipeline-action";
export * from "./constructs/operation/deployment-rights";
export * from "./constructs/operation/event-log";
export * from "./constructs/operation/notification-topic";
export * from "./constructs/operation/operator-policy";
export * from "./constructs/operation/release-notices";
export * from "./constructs/operation/pipeline-rights";
export * from "./constructs/registry/container-repository";
export * from "./constructs/service/blue-green-service";
export * from "./constructs/service/cluster";
export * from "./constructs/service/scaling";
export * from "./constructs/service/scaling-machine";
export * from "./constructs/service/scaling-pause";
export * from "./constructs/service/task-roles";
export * from "./constructs/service/task-security-group";
export * from "./constructs/source/code-commit-source-action";
export * from "./constructs/source/code-repository";
export * from "./constructs/source/connection-source-action";
export * from "./constructs/source/pipeline-trigger";
export * from "./constructs/storage/private-bucket";

export { appSpecFile, type AppSpecProps } from "./delivery/app-spec";
export { buildSpec, type ImageSource } from "./delivery/build-spec";
export type { ServiceContainer, Sidecar } from "./delivery/containers";
export { deliveryFiles, type DeliveryFile } from "./delivery/files";
export { placeholder, type PlaceholderProps } from "./delivery/placeholder";
export { runtimePlatform, taskDefinitionFile, type TaskDefinitionProps } from "./delivery/task-definition";
