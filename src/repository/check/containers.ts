import { IMAGE_PLACEHOLDER } from "../../delivery/task-definition";
import type { Delivery } from "../../system/system";
import { exactly, type Problem } from "./finding";
import { isUnknown } from "./placeholders";
import type { Container, TaskDefinition } from "./task-definition-shape";

/** Compares the containers of a task definition with what a delivery routes to, grants and creates. */
export function checkContainers({ containerDefinitions }: TaskDefinition, delivery: Delivery): Problem[] {
  const names = containerDefinitions.map(({ name }) => name);
  return [
    ...checkServiceContainer(containerDefinitions, delivery),
    ...containerDefinitions.flatMap((container, index) =>
      [
        ...checkLogs(container, delivery),
        ...checkSecrets(container, delivery),
        ...checkDependencies(container, names),
        ...(names.indexOf(container.name) < index
          ? [problem(["name"], "a unique name", container.name, "ECS rejects two containers with one name")]
          : []),
      ].map((found) => ({ ...found, path: ["containerDefinitions", index, ...found.path] })),
    ),
  ];
}

const problem = (path: Problem["path"], expected: string, got: unknown, next: string): Problem => ({
  path,
  expected,
  got,
  next,
});

/** The container that gets the traffic and the image that was built. */
function checkServiceContainer(containers: readonly Container[], { service, settings }: Delivery): Problem[] {
  const { name } = service;
  const index = containers.findIndex((container) => container.name === name);
  const container = containers[index];
  if (!container) {
    if (containers.some((other) => isUnknown(other.name))) return [];
    const [only] = containers;
    const path = containers.length === 1 ? ["containerDefinitions", 0, "name"] : ["containerDefinitions"];
    const got = containers.length === 1 ? only?.name : containers.map((other) => other.name);
    return [
      problem(
        path,
        `a container ${exactly(name)}`,
        got,
        "the load balancer sends requests to the container with the service's name",
      ),
    ];
  }
  const at = (...keys: Problem["path"]) => ["containerDefinitions", index, ...keys];
  const ports = container.portMappings.map(({ containerPort }) => containerPort);
  return [
    ...(container.image === IMAGE_PLACEHOLDER
      ? []
      : [
          problem(
            at("image"),
            exactly(IMAGE_PLACEHOLDER),
            container.image,
            "the deploy action replaces this placeholder with the image that was built",
          ),
        ]),
    ...(ports.includes(settings.port) || ports.some(isUnknown)
      ? []
      : [
          problem(
            at("portMappings"),
            `port ${settings.port}`,
            ports,
            "the target groups send requests to this port; the service's key port sets it",
          ),
        ]),
    ...(container.essential
      ? []
      : [problem(at("essential"), "true", false, "the task must stop when this container stops")]),
  ];
}

/** The execution role may write to one log group, and create none. */
function checkLogs({ logConfiguration }: Container, { names, region }: Delivery): Problem[] {
  if (logConfiguration?.logDriver !== "awslogs") return [];
  const { options } = logConfiguration;
  const at = (key: string) => ["logConfiguration", "options", key];
  const must = (key: string, expected: string, next: string) =>
    options[key] === expected || isUnknown(options[key])
      ? []
      : [problem(at(key), exactly(expected), options[key], next)];
  return [
    ...must("awslogs-group", names.serviceLogGroup, "the execution role may write only to this log group"),
    ...must("awslogs-region", region, "the log group is in this region"),
    ...(options["awslogs-create-group"] === "true"
      ? [
          problem(
            at("awslogs-create-group"),
            "no such option",
            "true",
            "remove it: the log group exists, and the execution role may not create one",
          ),
        ]
      : []),
  ];
}

function checkSecrets({ environment, secrets }: Container, delivery: Delivery): Problem[] {
  const granted = [...delivery.secretArns, ...delivery.parameterArns];
  const variables = environment.map(({ name }) => name);
  return secrets.flatMap(({ name, valueFrom }, index) => [
    ...(isUnknown(valueFrom) || granted.some((arn) => isOf(valueFrom, arn))
      ? []
      : [
          problem(
            ["secrets", index, "valueFrom"],
            granted.length === 0 ? "no secret" : `one of ${granted.join(", ")}`,
            valueFrom,
            "the execution role may read only the secrets in task.secrets: add it there",
          ),
        ]),
    ...(variables.includes(name)
      ? [
          problem(
            ["secrets", index, "name"],
            "a name that no variable has",
            name,
            "ECS rejects a variable and a secret with one name",
          ),
        ]
      : []),
  ]);
}

/** A secret may end in a JSON key, a stage and a version; a parameter may be given by its name. */
const isOf = (valueFrom: string, arn: string) =>
  valueFrom === arn ||
  valueFrom.startsWith(`${arn}:`) ||
  (!valueFrom.startsWith("arn:") && arn.endsWith(`:parameter/${valueFrom.replace(/^\//, "")}`));

const checkDependencies = ({ dependsOn }: Container, names: readonly string[]): Problem[] =>
  dependsOn.flatMap(({ containerName }, index) =>
    names.includes(containerName) || isUnknown(containerName)
      ? []
      : [
          problem(
            ["dependsOn", index, "containerName"],
            `one of ${names.join(", ")}`,
            containerName,
            "the task has no such container",
          ),
        ],
  );
