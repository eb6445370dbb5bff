import { groupBy } from "../group-by";
import { placeOf, resourcesOf, type Resource, type Stacks } from "../synthesis/synthesized";
import { placeNameOf, targetFinder } from "../synthesis/targets";
import { meaningOf } from "./meanings";
import { groupsOf, type Group } from "./parts";

/** Something that is drawn as a box. */
export interface DiagramNode {
  /** Such as `dev aws_lb.load-balancer`. */
  readonly key: string;
  /** Such as `ECS service`. */
  readonly title: string;
  readonly name: string;
  /** Terraform's addresses of the resource and of those that belong to it. */
  readonly addresses: readonly string[];
}

export interface DiagramStack {
  readonly name: string;
  readonly nodes: readonly DiagramNode[];
}

export interface DiagramAccount {
  readonly id: string;
  /** The account's name in the configuration, if the stacks say it. */
  readonly name?: string | undefined;
  readonly stacks: readonly DiagramStack[];
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether it leads from one stack to another. */
  readonly crosses: boolean;
}

/** What is drawn of a system. */
export interface Diagram {
  readonly accounts: readonly DiagramAccount[];
  /** What belongs to no account: users, and repositories of other hosts. */
  readonly outside: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** What is drawn of synthesized stacks. */
export function diagramOf(stacks: Stacks): Diagram {
  const groups = Object.keys(stacks).map((name) => {
    const resources = resourcesOf({ [name]: stacks[name] ?? {} });
    return { name, account: placeOf(stacks, name).accountId, groups: groupsOf(resources) };
  });
  const names = accountNames(stacks);
  const accounts = [...groupBy(groups, ({ account }) => account)].map(([id, own]) => {
    const drawn = own.map(({ groups: some, name }) => ({ name, nodes: some.map(nodeOf) }));
    return { id, name: names.get(id), stacks: drawn };
  });
  const all = groups.flatMap((one) => one.groups);
  const outside = all.flatMap(outsideOf);
  return {
    accounts,
    outside: [...new Map(outside.map(({ node }) => [node.key, node])).values()],
    edges: [...outside.map(({ edge }) => edge), ...edgesOf(stacks, all)],
  };
}

const nodeOf = ({ main, members, part }: Group): DiagramNode => ({
  key: placeNameOf(main),
  title: part.title,
  name: nameOf(main),
  addresses: members.map(({ id, type }) => `${type}.${id}`),
});

function nameOf({ block, id }: Resource): string {
  const tags = block.tags as { readonly Name?: unknown } | undefined;
  const names = [block.name, block.repository_name, block.bucket, block.deployment_group_name, tags?.Name];
  return names.find((name): name is string => typeof name === "string" && !name.includes("${")) ?? id;
}

/** Account ids with their names, from the output `system` of the stacks. */
function accountNames(stacks: Stacks): ReadonlyMap<string, string> {
  const systems = Object.values(stacks).map(({ output }) => output?.system?.value);
  return new Map(
    systems.flatMap((system) => {
      const { accounts = {} } = (system ?? {}) as { readonly accounts?: Readonly<Record<string, string>> };
      return Object.entries(accounts).map(([name, id]) => [id, name] as const);
    }),
  );
}

/** Users of a load balancer, and the repository of a pipeline that is on another host. */
function outsideOf({ main }: Group): { node: DiagramNode; edge: DiagramEdge }[] {
  const link = (node: Omit<DiagramNode, "addresses">, label: string) => ({
    node: { ...node, addresses: [] },
    edge: { from: node.key, to: placeNameOf(main), label, crosses: false },
  });
  if (main.type === "aws_lb" && main.block.internal !== true)
    return [link({ key: `users ${placeNameOf(main)}`, title: "Users", name: "of the internet" }, "requests")];
  if (main.type !== "aws_codepipeline") return [];
  const connected = [...JSON.stringify(main.block).matchAll(/"FullRepositoryId":"([^"]+)"/g)];
  return connected.map(([, name = ""]) =>
    link({ key: `repository ${name}`, title: "Connection", name }, "push"),
  );
}

/** One key serves the buckets of all environments, so who refers to it does not refer to its bucket. */
const SHARED = /^aws_kms_/;

function edgesOf(stacks: Stacks, groups: readonly Group[]): DiagramEdge[] {
  const targetsOf = targetFinder(stacks);
  const owners = new Map(
    groups.flatMap((group) =>
      group.members.filter(({ type }) => !SHARED.test(type)).map((one) => [placeNameOf(one), group] as const),
    ),
  );
  const edges = groups.flatMap((group) =>
    group.members
      .flatMap((member) => [...targetsOf(member)].flatMap((target) => owners.get(target) ?? []))
      .flatMap((target) => edgeBetween(group, target) ?? []),
  );
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
}

function edgeBetween({ main: one }: Group, { main: other }: Group): DiagramEdge | undefined {
  const meaning = meaningOf(one.type, other.type);
  if (!meaning) return undefined;
  const [from, to] = meaning.backwards ? [other, one] : [one, other];
  const crosses = one.stack !== other.stack;
  return { from: placeNameOf(from), to: placeNameOf(to), label: meaning.label, crosses };
}
