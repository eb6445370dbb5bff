import { nameTemplates, type NameScope, type TemplateName } from "../config/names";
import type { Limit } from "./limits";

/** The account whose things bear a name. */
type Owner = "shared" | "environment";

/** AWS's rule for each name that a configuration may choose, and the account that it lives in. */
const templateFacts = {
  repository: { limit: "codeCommitRepository", owner: "shared" },
  artifactKeyAlias: { limit: "kmsAlias", owner: "shared" },
  cluster: { limit: "ecsCluster", owner: "environment" },
  loadBalancer: { limit: "loadBalancer", owner: "environment" },
  artifactBucket: { limit: "s3Bucket", owner: "shared" },
  buildProject: { limit: "buildProject", owner: "shared" },
  buildRole: { limit: "iamRole", owner: "shared" },
  pipeline: { limit: "pipeline", owner: "shared" },
  pipelineRole: { limit: "iamRole", owner: "shared" },
  triggerRule: { limit: "eventRule", owner: "shared" },
  triggerRole: { limit: "iamRole", owner: "shared" },
  blueTargetGroup: { limit: "targetGroup", owner: "environment" },
  greenTargetGroup: { limit: "targetGroup", owner: "environment" },
  containerRepository: { limit: "ecrRepository", owner: "environment" },
  taskFamily: { limit: "taskFamily", owner: "environment" },
  service: { limit: "ecsService", owner: "environment" },
  executionRole: { limit: "iamRole", owner: "environment" },
  taskRole: { limit: "iamRole", owner: "environment" },
  pushRole: { limit: "iamRole", owner: "environment" },
  deployRole: { limit: "iamRole", owner: "environment" },
  codeDeployRole: { limit: "iamRole", owner: "environment" },
  codeDeployApplication: { limit: "codeDeployApplication", owner: "environment" },
  deploymentGroup: { limit: "deploymentGroup", owner: "environment" },
} as const satisfies Record<TemplateName, { limit: Limit; owner: Owner }>;

/** Names that follow from those, so that nobody has to choose them. `{Environment}` has a capital. */
const derivedNames = {
  loadBalancerSecurityGroup: {
    scope: "environment",
    owner: "environment",
    limit: "securityGroup",
    template: "{loadBalancer}-sg",
  },
  flowLogGroup: {
    scope: "environment",
    owner: "environment",
    limit: "logGroup",
    template: "/vpc/{organization}-{environment}",
  },
  flowLogRole: {
    scope: "environment",
    owner: "environment",
    limit: "iamRole",
    template: "{organization}-{environment}-iam-flow-logs-role",
  },

  developerPolicy: {
    scope: "service",
    owner: "shared",
    limit: "iamPolicy",
    template: "{organization}-shared-iam-{repository}-developers",
  },

  approvalStage: { scope: "delivery", owner: "shared", limit: "stage", template: "{Environment}Approval" },
  deployStage: { scope: "delivery", owner: "shared", limit: "stage", template: "{Environment}Deploy" },
  buildLogGroup: {
    scope: "delivery",
    owner: "shared",
    limit: "logGroup",
    template: "/aws/codebuild/{buildProject}",
  },
  serviceLogGroup: {
    scope: "delivery",
    owner: "environment",
    limit: "logGroup",
    template: "/ecs/{organization}-{environment}-{service}",
  },
  serviceSecurityGroup: {
    scope: "delivery",
    owner: "environment",
    limit: "securityGroup",
    template: "{serviceName}-sg",
  },
  blueErrorsAlarm: {
    scope: "delivery",
    owner: "environment",
    limit: "alarm",
    template: "{blueTargetGroup}-5xx",
  },
  blueUnhealthyAlarm: {
    scope: "delivery",
    owner: "environment",
    limit: "alarm",
    template: "{blueTargetGroup}-unhealthy",
  },
  greenErrorsAlarm: {
    scope: "delivery",
    owner: "environment",
    limit: "alarm",
    template: "{greenTargetGroup}-5xx",
  },
  greenUnhealthyAlarm: {
    scope: "delivery",
    owner: "environment",
    limit: "alarm",
    template: "{greenTargetGroup}-unhealthy",
  },
} as const satisfies Record<string, Omit<NameEntry, "name" | "templated">>;

type DerivedName = keyof typeof derivedNames;
export type PhysicalName = TemplateName | DerivedName;

type ScopeOf<Name extends PhysicalName> = Name extends TemplateName
  ? (typeof nameTemplates)[Name]["scope"]
  : Name extends DerivedName
    ? (typeof derivedNames)[Name]["scope"]
    : never;

/** The names of one scope, by what they are of. */
export type NamesOf<Scope extends NameScope> = {
  readonly [Name in PhysicalName as ScopeOf<Name> extends Scope ? Name : never]: string;
};

export interface NameEntry {
  readonly name: PhysicalName;
  readonly scope: NameScope;
  readonly owner: Owner;
  readonly limit: Limit;
  readonly template: string;
  /** Whether a configuration may choose it. */
  readonly templated: boolean;
}

const entry = (name: string, templated: boolean, rest: Omit<NameEntry, "name" | "templated">): NameEntry => ({
  name: name as PhysicalName,
  templated,
  ...rest,
});

/** Every physical name: those with a template first, since the others follow from them. */
export const nameTable: readonly NameEntry[] = [
  ...Object.entries(nameTemplates).map(([name, rest]) =>
    entry(name, true, { ...rest, ...templateFacts[name as TemplateName] }),
  ),
  ...Object.entries(derivedNames).map(([name, rest]) => entry(name, false, rest)),
];
