import type { Policy } from "../evidence/policy";

/** What is known only when a delivery runs, so that a statement can name it by a pattern alone. */
interface Pattern {
  /** Of the value that a call carries: the part that somebody chooses then. */
  readonly chosen: RegExp;
  /** What a statement has in its place. */
  readonly pattern: string;
  /** Why nothing narrower is possible. */
  readonly reason: string;
}

/** Resources, and what else is named as they are. */
const RESOURCES: readonly Pattern[] = [
  {
    chosen: /:log-stream:.*$/,
    pattern: ":*",
    reason: "the service that writes a log names its streams, and asks for them below the group's ARN",
  },
  {
    chosen: /\/cache\/[^/]+$/,
    pattern: "/cache*",
    reason: "CodeBuild documents the beginning of the cache's key only",
  },
  { chosen: /\/logs\/[^/]+$/, pattern: "/logs/*", reason: "CodeBuild names a log by the build's id" },
  {
    chosen: /\/AWSLogs\/(\d+)\/.+$/,
    pattern: "/AWSLogs/$1/*",
    reason: "the load balancer names a log by its id, its place and the time",
  },
  {
    chosen: /\/([^/]{1,15})[^/]*\/BuildArtif\/[^/]+$/,
    pattern: "/$1*/*",
    reason: "CodePipeline begins an artifact's key with the pipeline's name, cut short, and chooses the rest",
  },
  {
    chosen: /\/[^/]+\/BuildArtif\/[^/]+$/,
    pattern: "/*",
    reason: "CodePipeline chooses an artifact's key, and the bucket is one pipeline's",
  },
  { chosen: /\/ecs-svc\/\d+$/, pattern: "/*", reason: "ECS chooses a task set's id" },
  {
    chosen: /(:task-definition\/[^:]+):\d+$/,
    pattern: "$1:*",
    reason: "ECS counts the revisions of a task definition",
  },
  {
    chosen: /(listener(?:-rule)?\/app\/[^/]+)(?:\/[0-9a-f]{16})+$/,
    pattern: "$1/*",
    reason: "Elastic Load Balancing chooses the ids of a load balancer, its listeners and their rules",
  },
];

/** What a service acts for, and sends as `aws:SourceArn`. */
const SOURCES: readonly Pattern[] = [
  {
    chosen: /:loadbalancer\/app\/[^/]+\/[0-9a-f]{16}$/,
    pattern: ":loadbalancer/*",
    reason: "the bucket takes the logs of every load balancer of the account, as AWS documents the policy",
  },
  {
    chosen: /(:deploymentgroup:[^/]+)\/[^/]+$/,
    pattern: "$1/*",
    reason: "the application is one service's, and its deployment groups are too",
  },
  { chosen: /:vpc-flow-log\/fl-[^/]+$/, pattern: ":vpc-flow-log/*", reason: "EC2 chooses a flow log's id" },
  {
    chosen: /^(arn:aws:ecs:[^:]+:\d+):task\/.+$/,
    pattern: "$1:*",
    reason: "ECS chooses a task's id, and documents the account's ARN with a wildcard for tasks' trust",
  },
];

/** Actions that a statement may name by a pattern. */
const ACTIONS: readonly {
  readonly actions: readonly string[];
  readonly applies: (policy: Policy) => boolean;
  readonly reason: string;
}[] = [
  {
    actions: ["kms:GenerateDataKey*", "kms:ReEncrypt*"],
    applies: ({ kind }) => kind === "identity",
    reason: "AWS documents these two families for whoever writes encrypted artifacts",
  },
  {
    actions: ["kms:*"],
    applies: ({ kind }) => kind === "key",
    reason: "an account that does not administer its key wholly can lose it (KMS's own default policy)",
  },
  {
    actions: [
      ...["BatchDescribe", "BatchGet", "Describe", "Get", "List"].map((family) => `codecommit:${family}*`),
      "codecommit:MergePullRequest*",
      "codecommit:PostComment*",
    ],
    applies: ({ holder }) => holder.includes(":policy/"),
    reason: "people's console asks for more with time: AWS's AWSCodeCommitPowerUser names these families too",
  },
];

/** A pattern that may stand for a value of a call, and why. */
export interface Reasoned {
  readonly pattern: string;
  readonly reason: string;
}

const reasonedBy =
  (patterns: readonly Pattern[]) =>
  (value: string): Reasoned[] =>
    patterns
      .filter(({ chosen }) => chosen.test(value))
      .map(({ chosen, pattern, reason }) => ({ pattern: value.replace(chosen, pattern), reason }));

/** The patterns under which a statement may name a resource of a call, the narrowest first. */
export const resourcePatterns = reasonedBy(RESOURCES);

/** Those under which it may name the source ARN that a service sends. */
export const sourcePatterns = reasonedBy(SOURCES);

/** Why a policy may name actions by a pattern; nothing if it may not. */
export const actionPatternReason = (policy: Policy, pattern: string): string | undefined =>
  ACTIONS.find(({ actions, applies }) => actions.includes(pattern) && applies(policy))?.reason;
