import type { EmbeddedProject } from "./embedded-project";

/** One delivery on the embedded AWS, by the names of its resources. */
export interface Delivered {
  readonly account: string;
  readonly cluster: string;
  readonly service: string;
  readonly family: string;
  readonly loadBalancer: string;
  readonly targetGroups: { readonly blue: string; readonly green: string };
}

/** What a new revision takes over from the task definition before it. */
const KEPT = [
  "family",
  "networkMode",
  "cpu",
  "memory",
  "requiresCompatibilities",
  "executionRoleArn",
  "taskRoleArn",
  "containerDefinitions",
];

type Listed<Name extends string, Item> = Readonly<Record<Name, readonly Item[]>>;

const inAccount =
  (system: EmbeddedProject, { account }: Delivered) =>
  (service: string, operation: string, parameters: object = {}) =>
    system.aws(account, service, operation, parameters);

/** The ARNs of the blue and the green target group. */
function groupsOf(system: EmbeddedProject, delivered: Delivered) {
  const { TargetGroups: groups } = inAccount(system, delivered)("elbv2", "describe_target_groups") as Listed<
    "TargetGroups",
    { TargetGroupArn: string; TargetGroupName: string }
  >;
  const arnOf = (name: string) => groups.find((group) => group.TargetGroupName === name)?.TargetGroupArn;
  return { blue: arnOf(delivered.targetGroups.blue), green: arnOf(delivered.targetGroups.green) };
}

/** What CodeDeploy does first: a new revision runs in a task set of its own behind green. */
function startGreen(system: EmbeddedProject, delivered: Delivered): { cluster: string; taskSet: string } {
  const aws = inAccount(system, delivered);
  const { cluster, family, service } = delivered;
  const { taskDefinition } = aws("ecs", "describe_task_definition", { taskDefinition: family }) as {
    taskDefinition: Readonly<Record<string, unknown>>;
  };
  const settings = Object.entries(taskDefinition).filter(([key]) => KEPT.includes(key));
  const next = aws("ecs", "register_task_definition", Object.fromEntries(settings)) as {
    taskDefinition: { taskDefinitionArn: string };
  };
  const { taskSet } = aws("ecs", "create_task_set", {
    cluster,
    service,
    taskDefinition: next.taskDefinition.taskDefinitionArn,
    launchType: "FARGATE",
    loadBalancers: [
      { targetGroupArn: groupsOf(system, delivered).green, containerName: "app", containerPort: 80 },
    ],
  }) as { taskSet: { taskSetArn: string } };
  return { cluster, taskSet: taskSet.taskSetArn };
}

/** Gives green its percent of the requests, and blue the others, in the rules of both listeners. */
function shiftTraffic(system: EmbeddedProject, delivered: Delivered, toGreen: number): void {
  const aws = inAccount(system, delivered);
  const { blue, green } = groupsOf(system, delivered);
  const { LoadBalancers: balancers } = aws("elbv2", "describe_load_balancers", {
    Names: [delivered.loadBalancer],
  }) as Listed<"LoadBalancers", { LoadBalancerArn: string }>;
  const { Listeners: listeners } = aws("elbv2", "describe_listeners", {
    LoadBalancerArn: balancers[0]?.LoadBalancerArn,
  }) as Listed<"Listeners", { ListenerArn: string }>;
  const weights = [
    { TargetGroupArn: green, Weight: toGreen },
    { TargetGroupArn: blue, Weight: 100 - toGreen },
  ];
  for (const { ListenerArn } of listeners) {
    const { Rules: rules } = aws("elbv2", "describe_rules", { ListenerArn }) as Listed<
      "Rules",
      { RuleArn: string; IsDefault: boolean; Actions: readonly object[] }
    >;
    const own = rules.filter(({ Actions }) =>
      [blue, green].some((arn) => JSON.stringify(Actions).includes(`"${arn ?? ""}"`)),
    );
    const actions = [{ Type: "forward", ForwardConfig: { TargetGroups: weights } }];
    for (const { IsDefault, RuleArn } of own)
      if (IsDefault) aws("elbv2", "modify_listener", { ListenerArn, DefaultActions: actions });
      else aws("elbv2", "modify_rule", { RuleArn, Actions: actions });
  }
}

/** A release as a canary: 10 percent of the requests go to green until it ends. */
export function startCanary(system: EmbeddedProject, delivered: Delivered) {
  const { cluster, taskSet } = startGreen(system, delivered);
  const { service } = delivered;
  const aws = inAccount(system, delivered);
  shiftTraffic(system, delivered, 10);
  return {
    succeed: () => {
      aws("ecs", "update_service_primary_task_set", { cluster, service, primaryTaskSet: taskSet });
      shiftTraffic(system, delivered, 100);
    },
    rollBack: () => {
      shiftTraffic(system, delivered, 0);
      aws("ecs", "delete_task_set", { cluster, service, taskSet, force: true });
    },
  };
}
