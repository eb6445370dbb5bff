import { placeNameOf } from "../synthesis/targets";
import type { Resource } from "../synthesis/synthesized";

/** A kind of resource that is drawn, and the types of resources that belong to it wherever they are. */
export interface Part {
  readonly type: string;
  readonly title: string;
  readonly owns: RegExp;
}

/** Of two parts that are equally near, the first owns a resource. */
export const PARTS: readonly Part[] = [
  {
    type: "aws_ecs_service",
    title: "ECS service",
    owns: /^aws_(ecs_(service|task_definition)|appautoscaling_\w+|lb_(listener_rule|target_group))$/,
  },
  {
    type: "aws_codedeploy_deployment_group",
    title: "CodeDeploy",
    owns: /^aws_(codedeploy_\w+|cloudwatch_metric_alarm)$/,
  },
  { type: "aws_codepipeline", title: "CodePipeline", owns: /^aws_(codepipeline|cloudwatch_event_\w+)$/ },
  { type: "aws_codebuild_project", title: "CodeBuild", owns: /^aws_codebuild_\w+$/ },
  { type: "aws_codecommit_repository", title: "CodeCommit", owns: /^aws_codecommit_\w+$/ },
  { type: "aws_ecr_repository", title: "ECR", owns: /^aws_ecr_\w+$/ },
  { type: "aws_s3_bucket", title: "S3", owns: /^aws_(s3|kms)_\w+$/ },
  {
    type: "aws_lb",
    title: "Load balancer",
    owns: /^aws_(lb|lb_listener|lb_listener_certificate|route53_record)$/,
  },
  {
    type: "aws_vpc",
    title: "Network",
    owns: /^aws_(vpc|subnet|nat_gateway|internet_gateway|eip|route|route_table)/,
  },
];

/** A resource that is drawn, with those that belong to it. */
export interface Group {
  readonly part: Part;
  readonly main: Resource;
  readonly members: readonly Resource[];
}

/**
 * The drawn resources of one stack. Each other resource belongs to the nearest in the tree of constructs: of
 * those, to the one that owns its type.
 */
export function groupsOf(resources: readonly Resource[]): Group[] {
  const groups = PARTS.flatMap((part) =>
    resources.filter(({ type }) => type === part.type).map((main) => ({ part, main, members: [main] })),
  );
  const mains = new Set(groups.map(({ main }) => placeNameOf(main)));
  for (const resource of resources)
    if (!mains.has(placeNameOf(resource))) ownerOf(resource, groups)?.members.push(resource);
  return groups;
}

function ownerOf<One extends Group>(resource: Resource, groups: readonly One[]): One | undefined {
  const path = pathOf(resource);
  const scored = groups.map((group) => {
    const near = commonLength(path, pathOf(group.main));
    const owns = group.part.owns.test(resource.type);
    // What is only in the same stack belongs to nothing that is drawn, unless its type says so.
    return { group, score: near <= 1 && !owns ? 0 : near * 2 + (owns ? 1 : 0) };
  });
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, one) => (one.score > (best?.score ?? 0) ? one : best),
    undefined,
  )?.group;
}

/** The place in the tree of constructs, from the stack on. */
function pathOf({ block, stack }: Resource): readonly string[] {
  const { metadata } = (block["//"] ?? {}) as { readonly metadata?: { readonly path?: string } };
  return metadata?.path?.split("/") ?? [stack];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index < 0 ? one.length : index;
}
