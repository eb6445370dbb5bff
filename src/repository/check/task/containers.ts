import { IMAGE_PLACEHOLDER } from "../../../delivery/task-definition";
import type { Delivery } from "../../../system/system";
import { checkImage, checkLogs, checkSecrets } from "./container-access";
import { exactly, problem, type Problem } from "../finding";
import { isUnknown } from "../placeholders";
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
        ...checkImage(container, delivery),
        ...checkPorts(container),
        ...checkDependencies(container, names),
        ...(names.indexOf(container.name) < index
          ? [problem(["name"], "a unique name", container.name, "ECS rejects two containers with one name")]
          : []),
      ].map((found) => ({ ...found, path: ["containerDefinitions", index, ...found.path] })),
    ),
  ];
}

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
  const ports = container.portMappings
    .filter(({ protocol }) => protocol === "tcp")
    .map(({ containerPort }) => containerPort);
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

/** With the network mode awsvpc. */
const checkPorts = ({ portMappings }: Container): Problem[] =>
  portMappings.flatMap(({ containerPort, hostPort = containerPort }, index) =>
    hostPort === containerPort || hostPort === 0 || isUnknown(hostPort) || isUnknown(containerPort)
      ? []
      : [
          problem(
            ["portMappings", index, "hostPort"],
            `${containerPort}, the container's port`,
            hostPort,
            "a task on Fargate has a network of its own: remove it",
          ),
        ],
  );

const CONDITIONS = ["START", "HEALTHY", "COMPLETE", "SUCCESS"];

const checkDependencies = ({ dependsOn }: Container, names: readonly string[]): Problem[] =>
  dependsOn.flatMap(({ condition, containerName }, index) => [
    ...(names.includes(containerName) || isUnknown(containerName)
      ? []
      : [
          problem(
            ["dependsOn", index, "containerName"],
            `one of ${names.join(", ")}`,
            containerName,
            "the task has no such container",
          ),
        ]),
    ...(CONDITIONS.includes(condition) || isUnknown(condition)
      ? []
      : [
          problem(
            ["dependsOn", index, "condition"],
            `one of ${CONDITIONS.join(", ")}`,
            condition,
            "otherwise ECS rejects the task definition",
          ),
        ]),
  ]);
