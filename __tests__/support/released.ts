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

/**
 * Does to the running service what CodeDeploy does in a release: a new revision of the task definition runs in
 * a task set of its own behind green, and both listeners forward to green.
 */
export function release(system: EmbeddedProject, delivered: Delivered): void {
  const aws = (service: string, operation: string, parameters: object = {}) =>
    system.aws(delivered.account, service, operation, parameters);
  const { cluster, family, service, targetGroups } = delivered;

  const { taskDefinition } = aws("ecs", "describe_task_definition", { taskDefinition: family }) as {
    taskDefinition: Readonly<Record<string, unknown>>;
  };
  const settings = Object.entries(taskDefinition).filter(([key]) => KEPT.includes(key));
  const next = aws("ecs", "register_task_definition", Object.fromEntries(settings)) as {
    taskDefinition: { taskDefinitionArn: string };
  };

  const { TargetGroups: groups } = aws("elbv2", "describe_target_groups") as Listed<
    "TargetGroups",
    { TargetGroupArn: string; TargetGroupName: string }
  >;
  const arnOf = (name: string) => groups.find((group) => group.TargetGroupName === name)?.TargetGroupArn;
  const [blue, green] = [arnOf(targetGroups.blue), arnOf(targetGroups.green)];
  const { taskSet } = aws("ecs", "create_task_set", {
    cluster,
    service,
    taskDefinition: next.taskDefinition.taskDefinitionArn,
    launchType: "FARGATE",
    loadBalancers: [{ targetGroupArn: green, containerName: "app", containerPort: 80 }],
  }) as { taskSet: { taskSetArn: string } };
  aws("ecs", "update_service_primary_task_set", { cluster, service, primaryTaskSet: taskSet.taskSetArn });

  const names = { Names: [delivered.loadBalancer] };
  const { LoadBalancers: balancers } = aws("elbv2", "describe_load_balancers", names) as Listed<
    "LoadBalancers",
    { LoadBalancerArn: string }
  >;
  const { Listeners: listeners } = aws("elbv2", "describe_listeners", {
    LoadBalancerArn: balancers[0]?.LoadBalancerArn,
  }) as Listed<"Listeners", { ListenerArn: string }>;
  const weights = [
    { TargetGroupArn: green, Weight: 100 },
    { TargetGroupArn: blue, Weight: 0 },
  ];
  for (const { ListenerArn } of listeners) {
    const { Rules: rules } = aws("elbv2", "describe_rules", { ListenerArn }) as Listed<
      "Rules",
      { RuleArn: string; Actions: readonly object[] }
    >;
    const own = rules.filter(({ Actions }) =>
      [blue, green].some((arn) => JSON.stringify(Actions).includes(`"${arn ?? ""}"`)),
    );
    for (const { RuleArn } of own)
      aws("elbv2", "modify_rule", {
        RuleArn,
        Actions: [{ Type: "forward", ForwardConfig: { TargetGroups: weights } }],
      });
  }
}
