import type { Policy } from "../read/policies";
import { listOf, type PolicyStatement } from "../read/policy-json";

/** A value that is known only at run time, so that a statement can name it only by a pattern. */
interface Pattern {
  /** The part of a request's value that AWS or a person chooses. */
  readonly chosen: RegExp;
  /** What a statement has in its place. */
  readonly pattern: string;
  /** Why a narrower pattern is not possible. */
  readonly reason: string;
}

const RESOURCES: readonly Pattern[] = [
  {
    chosen: /:log-stream:.*$/,
    pattern: ":*",
    reason: "the service that writes a log names its streams, below the ARN of the log group",
  },
  {
    chosen: /\/cache\/[^/]+$/,
    pattern: "/cache*",
    reason: "CodeBuild documents only the beginning of the cache's key",
  },
  { chosen: /\/logs\/[^/]+$/, pattern: "/logs/*", reason: "CodeBuild names a log by the build's id" },
  {
    chosen: /\/AWSLogs\/(\d+)\/.+$/,
    pattern: "/AWSLogs/$1/*",
    reason: "the load balancer names a log by its id, its region and the time",
  },
  {
    chosen: /\/([^/]{1,15})[^/]*\/BuildArtif\/[^/]+$/,
    pattern: "/$1*/*",
    reason:
      "CodePipeline starts an artifact's key with the shortened name of the pipeline, and chooses the rest",
  },
  {
    chosen: /\/[^/]+\/BuildArtif\/[^/]+$/,
    pattern: "/*",
    reason: "CodePipeline chooses an artifact's key, and the bucket belongs to one pipeline",
  },
  { chosen: /\/ecs-svc\/\d+$/, pattern: "/*", reason: "ECS chooses a task set's id" },
  {
    chosen: /(:task-definition\/[^:]+):\d+$/,
    pattern: "$1:*",
    reason: "ECS numbers the revisions of a task definition",
  },
  {
    chosen: /(listener(?:-rule)?\/app\/[^/]+)(?:\/[0-9a-f]{16})+$/,
    pattern: "$1/*",
    reason: "Elastic Load Balancing chooses the ids of a load balancer, its listeners and their rules",
  },
];

/** What a service sends as `aws:SourceArn`. */
const SOURCES: readonly Pattern[] = [
  {
    chosen: /:loadbalancer\/app\/[^/]+\/[0-9a-f]{16}$/,
    pattern: ":loadbalancer/*",
    reason: "AWS documents the bucket policy for the logs of every load balancer of the account",
  },
  {
    chosen: /(:deploymentgroup:[^/]+)\/[^/]+$/,
    pattern: "$1/*",
    reason: "the application and its deployment groups belong to one service",
  },
  { chosen: /:vpc-flow-log\/fl-[^/]+$/, pattern: ":vpc-flow-log/*", reason: "EC2 chooses a flow log's id" },
  {
    chosen: /^(arn:aws:ecs:[^:]+:\d+):task\/.+$/,
    pattern: "$1:*",
    reason: "ECS chooses a task's id, and documents a wildcard for the trust policies of tasks",
  },
];

/** Actions that a statement may name by a pattern. */
const ACTIONS: readonly {
  readonly actions: readonly string[];
  readonly applies: (policy: Policy, statement: PolicyStatement) => boolean;
  readonly reason: string;
}[] = [
  {
    actions: ["kms:GenerateDataKey*", "kms:ReEncrypt*"],
    applies: ({ kind }) => kind === "identity",
    reason: "AWS documents these two families for roles that write encrypted artifacts",
  },
  {
    actions: ["kms:*"],
    applies: ({ account, kind }, statement) => kind === "key" && isForAccount(statement, account),
    reason: "an account that cannot administer its key can lose it (KMS's default key policy)",
  },
  {
    actions: [
      ...["BatchDescribe", "BatchGet", "Describe", "Get", "List"].map((family) => `codecommit:${family}*`),
      "codecommit:MergePullRequest*",
      "codecommit:PostComment*",
    ],
    applies: ({ holder }) => holder.includes(":policy/"),
    reason:
      "the console needs more of these over time: AWS's AWSCodeCommitPowerUser names these families too",
  },
];

/** Whether a statement is for exactly the given account, without a condition. */
function isForAccount({ Condition = {}, Principal = {} }: PolicyStatement, account: string): boolean {
  const principals = typeof Principal === "string" ? [Principal] : Object.values(Principal).flatMap(listOf);
  return principals.join() === `arn:aws:iam::${account}:root` && Object.keys(Condition).length === 0;
}

/** A pattern that a statement may have in place of a value, and AWS's reason. */
export interface ReasonedPattern {
  readonly pattern: string;
  readonly reason: string;
}

const reasonedBy =
  (patterns: readonly Pattern[]) =>
  (value: string): ReasonedPattern[] =>
    patterns
      .filter(({ chosen }) => chosen.test(value))
      .map(({ chosen, pattern, reason }) => ({ pattern: value.replace(chosen, pattern), reason }));

/** The patterns by which a statement may name a request's resource, the narrowest first. */
export const resourcePatterns = reasonedBy(RESOURCES);

/** The same for the source ARN that a service sends. */
export const sourcePatterns = reasonedBy(SOURCES);

/** Why a statement may name actions by a pattern. Undefined if it may not. */
export const actionPatternReason = (policy: Policy, statement: PolicyStatement, pattern: string) =>
  ACTIONS.find(({ actions, applies }) => actions.includes(pattern) && applies(policy, statement))?.reason;
