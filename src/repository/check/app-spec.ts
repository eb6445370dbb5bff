import * as z from "zod";
import { HOOKS, TASK_DEFINITION_PLACEHOLDER } from "../../delivery/app-spec";
import type { Delivery } from "../../system/system";
import { at, exactly, type Problem } from "./finding";
import { isUnknown } from "./placeholders";

const shape = z.looseObject({
  version: z.unknown().optional(),
  Resources: z
    .array(
      z.looseObject({
        TargetService: z.looseObject({
          Type: z.string(),
          Properties: z.looseObject({
            TaskDefinition: z.string(),
            LoadBalancerInfo: z.looseObject({
              ContainerName: z.string(),
              ContainerPort: z.unknown().optional(),
            }),
          }),
        }),
      }),
    )
    .length(1),
  Hooks: z.array(z.record(z.string(), z.string())).nullish(),
});

const EXAMPLE = "one TargetService with Type, TaskDefinition, ContainerName and ContainerPort";

/** Compares an AppSpec file with the container, the port and the hooks of a delivery. */
export function checkAppSpec(content: unknown, delivery: Delivery): Problem[] {
  const parsed = shape.safeParse(content);
  if (!parsed.success)
    return parsed.error.issues.slice(0, 1).map(({ path }) => ({
      ...at(path, content),
      expected: `an AppSpec file for ECS: ${EXAMPLE}`,
      next: "otherwise CodeDeploy rejects the file",
    }));
  const { Hooks, Resources, version } = parsed.data;
  const { Properties, Type } = (Resources[0] as (typeof Resources)[number]).TargetService;
  const { ContainerName, ContainerPort } = Properties.LoadBalancerInfo;
  const target = (...keys: string[]) => ["Resources", 0, "TargetService", ...keys];
  const must = (path: Problem["path"], expected: unknown, got: unknown, next: string): Problem[] =>
    String(got) === String(expected) || isUnknown(got)
      ? []
      : [{ path, expected: exactly(expected), got, next }];
  const container = ["Properties", "LoadBalancerInfo"];
  return [
    ...(Number(version) === 0 ? [] : must(["version"], 0, version, "write version: 0.0: there is no other")),
    ...must(target("Type"), "AWS::ECS::Service", Type, "CodeDeploy releases an ECS service"),
    ...(Properties.TaskDefinition === TASK_DEFINITION_PLACEHOLDER
      ? []
      : [
          {
            path: target("Properties", "TaskDefinition"),
            expected: exactly(TASK_DEFINITION_PLACEHOLDER),
            got: Properties.TaskDefinition,
            next: "the deploy action replaces this placeholder with the revision that it registers",
          },
        ]),
    ...must(
      target(...container, "ContainerName"),
      delivery.service.name,
      ContainerName,
      "the container has the service's name",
    ),
    ...must(
      target(...container, "ContainerPort"),
      delivery.settings.port,
      ContainerPort,
      "the target groups send requests to this port",
    ),
    ...(Hooks ?? []).flatMap((hook, index) =>
      Object.entries(hook).flatMap(([event, lambda]) =>
        checkHook(["Hooks", index, event], event, lambda, delivery),
      ),
    ),
  ];
}

const EVENTS = HOOKS.map((hook) => hook.charAt(0).toUpperCase() + hook.slice(1));

function checkHook(path: Problem["path"], event: string, lambda: string, { hookArns }: Delivery): Problem[] {
  if (!EVENTS.includes(event))
    return [
      {
        path,
        atKey: true,
        expected: `one of ${EVENTS.join(", ")}`,
        got: event,
        next: "an ECS deployment has only these events",
      },
    ];
  // A function may be named by its name. The permission does not cover its versions.
  const granted = hookArns.some((arn) => arn === lambda || arn.endsWith(`:function:${lambda}`));
  return granted || isUnknown(lambda)
    ? []
    : [
        {
          path,
          expected: hookArns.length === 0 ? "no hook" : `one of ${hookArns.join(", ")}`,
          got: lambda,
          next: "CodeDeploy may invoke only the functions in deployment.hooks: add it there",
        },
      ];
}
