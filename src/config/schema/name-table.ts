import type { NamingLimit } from "./name-limits";

/** What a physical name is unique for, and the variables that its template may contain. */
export const templateVariables = {
  environment: ["organization", "environment", "cluster"],
  service: ["organization", "service"],
  delivery: ["organization", "environment", "cluster", "service"],
} as const;

export type NameScope = keyof typeof templateVariables;

/** One physical name. */
export interface NameRow {
  /** An environment, a service in the shared account, or one service in one environment. */
  readonly scope: NameScope;
  /** The account that holds the named resource. */
  readonly owner: "shared" | "environment";
  /** AWS's rule for the name. */
  readonly limit: NamingLimit;
  /** The default. A derived name may contain other names; `{Environment}` starts with a capital letter. */
  readonly template: string;
  /** Whether `names` in the configuration can replace the template. */
  readonly configurable: boolean;
}

const rows =
  <const Scope extends NameScope>(scope: Scope, owner: NameRow["owner"]) =>
  (limit: NamingLimit, template: string) => ({
    scope,
    owner,
    limit,
    template,
    configurable: true as boolean,
  });

const ofService = rows("service", "shared");
const ofEnvironment = rows("environment", "environment");
const inShared = rows("delivery", "shared");
const inEnvironment = rows("delivery", "environment");

/** Computed from other names; not configurable. */
const derived = <Row extends NameRow>(row: Row) => ({ ...row, configurable: false });

/** A rule that sends messages about a delivery. */
const notice = (kind: string) =>
  derived(inShared("eventRule", `{organization}-shared-evb-{service}-{environment}-${kind}`));

/** Every physical name. A derived name comes after the names that it contains. */
export const nameTable = {
  repository: ofService("codeCommitRepository", "{service}"),
  artifactKeyAlias: ofService("kmsAlias", "alias/{organization}-shared-kms-codeseries-{service}"),
  developerPolicy: derived(ofService("iamPolicy", "{organization}-shared-iam-{repository}-developers")),
  approvalRule: derived(ofService("approvalRuleTemplate", "{repository}")),

  cluster: ofEnvironment("ecsCluster", "{organization}-{environment}-ecs-{cluster}"),
  loadBalancer: ofEnvironment("loadBalancer", "{organization}-{environment}-alb-{cluster}"),
  loadBalancerSecurityGroup: derived(ofEnvironment("securityGroup", "{loadBalancer}-sg")),
  flowLogGroup: derived(ofEnvironment("logGroup", "/vpc/{organization}-{environment}")),
  flowLogRole: derived(ofEnvironment("iamRole", "{organization}-{environment}-iam-flow-logs-role")),
  scalingMachine: derived(ofEnvironment("stateMachine", "{organization}-{environment}-sfn-scaling")),
  scalingMachineRole: derived(ofEnvironment("iamRole", "{organization}-{environment}-iam-sfn-scaling-role")),
  scalingRule: derived(ofEnvironment("eventRule", "{organization}-{environment}-evb-scaling")),
  scalingRuleRole: derived(ofEnvironment("iamRole", "{organization}-{environment}-iam-evb-scaling-role")),

  eventLogGroup: derived(ofEnvironment("logGroup", "/aws/events/{organization}-{environment}")),
  eventLogPolicy: derived(ofEnvironment("logPolicy", "{organization}-{environment}-logs-events")),
  taskEventRule: derived(ofEnvironment("eventRule", "{organization}-{environment}-evb-tasks")),
  deploymentEventRule: derived(ofEnvironment("eventRule", "{organization}-{environment}-evb-deployments")),

  pipelineReaders: derived(
    rows("environment", "shared")("iamPolicy", "{organization}-shared-iam-{environment}-readers"),
  ),
  deploymentReaders: derived(ofEnvironment("iamPolicy", "{organization}-{environment}-iam-readers")),
  pipelineOperators: derived(
    rows("environment", "shared")("iamPolicy", "{organization}-shared-iam-{environment}-operators"),
  ),
  deploymentOperators: derived(ofEnvironment("iamPolicy", "{organization}-{environment}-iam-operators")),

  promotionRole: derived(ofEnvironment("iamRole", "{organization}-{environment}-iam-promotion-role")),

  notificationTopic: derived(
    rows("environment", "shared")("topic", "{organization}-shared-sns-{environment}"),
  ),
  notificationKeyAlias: derived(
    rows("environment", "shared")("kmsAlias", "alias/{organization}-shared-kms-sns-{environment}"),
  ),

  artifactBucket: inShared("s3Bucket", "{organization}-shared-s3-codeseries-{service}-{environment}"),
  buildProject: inShared("buildProject", "{organization}-shared-cdb-{service}-{environment}"),
  buildRole: inShared("iamRole", "{organization}-shared-iam-cdb-{service}-{environment}-role"),
  pipeline: inShared("pipeline", "{organization}-shared-cdpl-{service}-{environment}"),
  pipelineRole: inShared("iamRole", "{organization}-shared-iam-cdpl-{service}-{environment}-role"),
  triggerRule: inShared("eventRule", "{organization}-shared-evb-{service}-{environment}"),
  triggerRole: inShared("iamRole", "{organization}-shared-iam-evb-{service}-{environment}-role"),
  progressRule: notice("progress"),
  failureRule: notice("failure"),
  rollbackRule: notice("rollback"),
  waitRule: notice("approval"),
  approvalStage: derived(inShared("stage", "{Environment}Approval")),
  deployStage: derived(inShared("stage", "{Environment}Deploy")),
  buildLogGroup: derived(inShared("logGroup", "/aws/codebuild/{buildProject}")),

  blueTargetGroup: inEnvironment("targetGroup", "{organization}-{environment}-tg-{service}-blue"),
  greenTargetGroup: inEnvironment("targetGroup", "{organization}-{environment}-tg-{service}-green"),
  containerRepository: inEnvironment("ecrRepository", "ecs/{environment}-{service}"),
  taskFamily: inEnvironment("taskFamily", "{organization}-{environment}-td-{service}"),
  service: inEnvironment("ecsService", "{organization}-{environment}-svc-{service}"),
  executionRole: inEnvironment("iamRole", "{organization}-{environment}-iam-{service}-ecs-task-exec-role"),
  taskRole: inEnvironment("iamRole", "{organization}-{environment}-iam-{service}-ecs-task-role"),
  pushRole: inEnvironment("iamRole", "{organization}-{environment}-iam-{service}-push-role"),
  deployRole: inEnvironment("iamRole", "{organization}-{environment}-iam-{service}-deploy-role"),
  codeDeployRole: inEnvironment("iamRole", "{organization}-{environment}-iam-{service}-cdp-role"),
  codeDeployApplication: inEnvironment(
    "codeDeployApplication",
    "{organization}-{environment}-cddp-ecs-{cluster}-{service}",
  ),
  deploymentGroup: inEnvironment(
    "deploymentGroup",
    "{organization}-{environment}-cddpg-ecs-{cluster}-{service}",
  ),
  serviceLogGroup: derived(inEnvironment("logGroup", "/ecs/{organization}-{environment}-{service}")),
  serviceSecurityGroup: derived(inEnvironment("securityGroup", "{ecsServiceName}-sg")),
  blueErrorsAlarm: derived(inEnvironment("alarm", "{blueTargetGroup}-5xx")),
  blueUnhealthyAlarm: derived(inEnvironment("alarm", "{blueTargetGroup}-unhealthy")),
  greenErrorsAlarm: derived(inEnvironment("alarm", "{greenTargetGroup}-5xx")),
  greenUnhealthyAlarm: derived(inEnvironment("alarm", "{greenTargetGroup}-unhealthy")),
} as const;

export type PhysicalName = keyof typeof nameTable;

/** The names of some scopes, by what they name. */
export type NamesOf<Scope extends NameScope> = {
  readonly [Name in PhysicalName as (typeof nameTable)[Name]["scope"] extends Scope ? Name : never]: string;
};

/** The table as a list, in its order. */
export const nameRows: readonly (NameRow & { readonly name: PhysicalName })[] = Object.entries(nameTable).map(
  ([name, row]) => ({ name: name as PhysicalName, ...row }),
);
