/**
 * A value that is known only at run time, so that a statement can name it only by a pattern: the part of a
 * request's value that AWS or a person chooses, what a statement has in its place, and why.
 */
type Pattern = readonly [chosen: RegExp, pattern: string, reason: string];

const RESOURCES: readonly Pattern[] = [
  [/:log-stream:.*$/, ":*", "the service names its log streams"],
  [/\/cache\/[^/]+$/, "/cache*", "CodeBuild documents only the beginning of the cache's key"],
  [/\/logs\/[^/]+$/, "/logs/*", "CodeBuild names a log after the build's id"],
  [
    /\/AWSLogs\/(\d+)\/.+$/,
    "/AWSLogs/$1/*",
    "the load balancer names a log after its id, its region and the time",
  ],
  [
    /\/([^/]{1,15})[^/]*\/BuildArtif\/[^/]+$/,
    "/$1*/*",
    "CodePipeline shortens the pipeline's name in an artifact's key and chooses the rest",
  ],
  [
    /\/[^/]+\/BuildArtif\/[^/]+$/,
    "/*",
    "CodePipeline chooses the keys, and each bucket belongs to one pipeline",
  ],
  [/:network-interface\/eni-[^/]+$/, ":network-interface/*", "EC2 chooses the ids of network interfaces"],
  [/\/ecs-svc\/\d+$/, "/*", "ECS chooses the ids of task sets"],
  [/(:task\/[^/]+)\/.+$/, "$1/*", "ECS chooses the ids of tasks"],
  [/:scalable-target\/[^/]+$/, ":scalable-target/*", "Application Auto Scaling chooses the id of a target"],
  [/(:task-definition\/[^:]+):\d+$/, "$1:*", "ECS numbers the revisions of a task definition"],
  [
    /(listener(?:-rule)?\/app\/[^/]+)(?:\/[0-9a-f]{16})+$/,
    "$1/*",
    "Elastic Load Balancing chooses the ids of listeners and rules",
  ],
];

/** What a service sends as `aws:SourceArn`. */
const SOURCES: readonly Pattern[] = [
  [
    /:loadbalancer\/app\/[^/]+\/[0-9a-f]{16}$/,
    ":loadbalancer/*",
    "AWS documents the access log bucket's policy for every load balancer of the account",
  ],
  [
    /(:deploymentgroup:[^/]+)\/[^/]+$/,
    "$1/*",
    "the application belongs to one service, and so do its deployment groups",
  ],
  [/:vpc-flow-log\/fl-[^/]+$/, ":vpc-flow-log/*", "EC2 chooses a flow log's id"],
  [
    /^(arn:aws:ecs:[^:]+:\d+):task\/.+$/,
    "$1:*",
    "ECS chooses a task's id, and documents the account's ARN with a wildcard for this trust",
  ],
];

const reasonedBy = (patterns: readonly Pattern[]) => (value: string) =>
  patterns
    .filter(([chosen]) => chosen.test(value))
    .map(([chosen, pattern, reason]) => ({ pattern: value.replace(chosen, pattern), reason }));

/** The patterns by which a statement may name a request's resource, the narrowest first, and why. */
export const resourcePatterns = reasonedBy(RESOURCES);

/** The same for the source ARN that a service sends. */
export const sourcePatterns = reasonedBy(SOURCES);
