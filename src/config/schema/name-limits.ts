import { s3BucketPattern } from "./values";

/** AWS's rule for one kind of name. `scope` says where it must be the only one. */
export interface NamingRule {
  /** What the name is of, in AWS's words. */
  readonly kind: string;
  /** Its greatest length, in characters. */
  readonly max: number;
  readonly pattern: RegExp;
  readonly expected: string;
  readonly scope: "world" | "account" | "none";
}

function rule(
  kind: string,
  min: number,
  max: number,
  pattern: RegExp,
  characters: string,
  scope: NamingRule["scope"] = "account",
): NamingRule {
  return {
    kind,
    max,
    pattern: new RegExp(`^(?=[^]{${min},${max}}$)(?:${pattern.source})$`),
    expected: `${min} to ${max} ${characters}`,
    scope,
  };
}

const iamName = /[\w+=,.@-]+/;
const iamCharacters = "letters, digits or _+=,.@-";
const loadBalancerName = /(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?/;
const loadBalancerCharacters =
  "letters, digits or hyphens, no hyphen at either end, not starting with internal-";
const codeDeployName = /[A-Za-z0-9._+=,@-]+/;
const codeDeployCharacters = "letters, digits or ._+=,@-";
const ecsName = /[A-Za-z0-9_-]+/;
const ecsCharacters = "letters, digits, underscores or hyphens";
const ecrPart = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

/** AWS's naming rules, as its API models and user guides give them. */
export const namingLimits = {
  s3Bucket: rule(
    "S3 bucket",
    3,
    63,
    new RegExp(s3BucketPattern.source.slice(1, -1)),
    "lower-case letters, digits, dots or hyphens, as S3 allows",
    "world",
  ),
  loadBalancer: rule("load balancer", 1, 32, loadBalancerName, loadBalancerCharacters),
  targetGroup: rule("target group", 1, 32, loadBalancerName, loadBalancerCharacters),
  iamRole: rule("IAM role", 1, 64, iamName, iamCharacters),
  iamPolicy: rule("IAM policy", 1, 128, iamName, iamCharacters),
  codeDeployApplication: rule("CodeDeploy application", 1, 100, codeDeployName, codeDeployCharacters),
  deploymentGroup: rule("CodeDeploy deployment group", 1, 100, codeDeployName, codeDeployCharacters),
  deploymentConfig: rule("CodeDeploy deployment configuration", 1, 100, codeDeployName, codeDeployCharacters),
  ecsCluster: rule("ECS cluster", 1, 255, ecsName, ecsCharacters),
  ecsService: rule("ECS service", 1, 255, ecsName, ecsCharacters),
  taskFamily: rule("task definition family", 1, 255, ecsName, ecsCharacters),
  buildProject: rule(
    "CodeBuild project",
    2,
    150,
    /[A-Za-z0-9][A-Za-z0-9_-]+/,
    "letters, digits, underscores or hyphens, a letter or digit first",
  ),
  pipeline: rule("pipeline", 1, 100, /[A-Za-z0-9.@_-]+/, "letters, digits or .@_-"),
  stage: rule("pipeline stage", 1, 100, /[A-Za-z0-9.@_-]+/, "letters, digits or .@_-", "none"),
  ecrRepository: rule(
    "ECR repository",
    2,
    256,
    new RegExp(`${ecrPart}(?:/${ecrPart})*`),
    "lower-case letters and digits, in parts joined by one of ._-/",
  ),
  kmsAlias: rule(
    "KMS alias",
    7,
    256,
    /alias\/(?!aws\/)[A-Za-z0-9/_-]+/,
    "letters, digits or /_- after alias/, not alias/aws/",
  ),
  codeCommitRepository: rule(
    "CodeCommit repository",
    1,
    100,
    /(?!.*\.git$)[A-Za-z0-9._-]+/,
    "letters, digits or ._-, not ending in .git",
  ),
  approvalRuleTemplate: rule("approval rule template", 1, 100, /[^]+/, "characters"),
  eventRule: rule("EventBridge rule", 1, 64, /[.A-Za-z0-9_-]+/, "letters, digits or ._-"),
  stateMachine: rule("state machine", 1, 80, /[A-Za-z0-9_-]+/, "letters, digits, underscores or hyphens"),
  logGroup: rule("log group", 1, 512, /[.A-Za-z0-9_/#-]+/, "letters, digits or ._/#-"),
  topic: rule("SNS topic", 1, 256, /[\w-]+/, "letters, digits or _-"),
  logPolicy: rule("resource policy of CloudWatch Logs", 1, 255, /[\w-]+/, "letters, digits or _-"),
  alarm: rule("CloudWatch alarm", 1, 255, /[^]+/, "characters"),
  securityGroup: rule(
    "security group",
    1,
    255,
    /(?!sg-)[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]+/,
    "letters, digits or spaces, not starting with sg-",
  ),
} as const satisfies Record<string, NamingRule>;

export type NamingLimit = keyof typeof namingLimits;

/** Whether AWS accepts the name. Lengths are counted in characters. */
export function isAllowed(limit: NamingLimit, name: string): boolean {
  return namingLimits[limit].pattern.test(name);
}
