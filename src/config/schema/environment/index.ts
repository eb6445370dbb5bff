import { z } from "zod";
import { ingress } from "./ingress";
import { notifications } from "./notifications";
import { section } from "../section";
import { branch, flag, network as cidr, oneOf, pattern, patterns, text } from "../values";

const subnets = z
  .array(
    text(/^subnet-[0-9a-f]{8,17}$/, "a subnet id such as subnet-0123456789abcdef0"),
    "a list of subnet ids",
  )
  .min(2, "at least two subnets, in two Availability Zones: an ALB needs them")
  .refine((ids) => new Set(ids).size === ids.length, "different subnets");

/** AWS accepts /16 to /28. Each of the four subnets is an eighth of it, and an ALB needs a /27. */
const newNetwork = section({
  cidr: cidr(16, 24, ", so that each of the four subnets holds an ALB"),
  nat: oneOf(["none", "single", "per-zone"])
    .default("single")
    .describe("none: tasks run in the public subnets with public addresses; only the ALB can reach them."),
  flowLogs: flag.default(true),
});

const existingNetwork = section({
  vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "a VPC id such as vpc-0123456789abcdef0"),
  publicSubnetIds: subnets.default([]).describe("For the load balancer; not needed with ingress.internal."),
  privateSubnetIds: subnets.describe("For the tasks; they need a route to ECR, S3 and CloudWatch Logs."),
}).refine(
  ({ privateSubnetIds, publicSubnetIds }) => !privateSubnetIds.some((id) => publicSubnetIds.includes(id)),
  {
    path: ["privateSubnetIds"],
    error: "other subnets than the public ones: tasks there have no public address and no route out",
  },
);

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Two spellings of one mistake: a tag of AWS has a name and a value. */
const tags = patterns(
  pattern(/^/, "a pattern of Git tags such as v*"),
  'a list of patterns such as ["v*"]: these are Git tags; AWS tags are top-level',
);

export const environment = section({
  account: z.string("the name of an account").optional().describe("Default: the environment's name."),
  branch: branch.optional().describe("A push to this branch is delivered here. Required without tags."),
  tags: tags
    .optional()
    .describe(
      "A Git tag that matches one of these patterns is delivered here, in place of a branch. With connections only. branch is then that of a manual start, main by default.",
    ),
  cluster: text(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "lower-case letters, digits and single hyphens, a letter first",
  ),
  protect: flag
    .default(true)
    .describe("Deletion protection; buckets and repositories with content are not destroyed."),
  approval: flag.default(false).describe("A person approves before the deploy stage."),
  notifications: notifications.optional(),
  containerInsights: flag
    .default(false)
    .describe(
      "CloudWatch metrics of each task and container; they cost more than any other monitoring here.",
    ),
  logRetentionDays: z
    .literal(RETENTION_DAYS, `a number of days that CloudWatch Logs knows: ${RETENTION_DAYS.join(", ")}`)
    .default(30),
  network: z.union([newNetwork, existingNetwork]).describe("A new network, or an existing one."),
  ingress: ingress.prefault({}),
}).refine((value) => value.branch !== undefined || value.tags !== undefined, {
  path: ["branch"],
  error: "a Git branch name, or tags",
});
