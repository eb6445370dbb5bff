/** Service events in the words of ECS. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */

const ofTaskSet = (service: string, taskSet: string) => `(service ${service}, taskSet ${taskSet})`;

const tasksOf = (ids: readonly string[]) => ids.map((id) => `(task ${id})`).join(" ");

export const started = (service: string, taskSet: string, ids: readonly string[]) =>
  `${ofTaskSet(service, taskSet)} has started ${ids.length} tasks: ${tasksOf(ids)}.`;

export const stopped = (service: string, taskSet: string, ids: readonly string[]) =>
  `${ofTaskSet(service, taskSet)} has stopped ${ids.length} running tasks: ${tasksOf(ids)}.`;

export const registered = (service: string, taskSet: string, targetGroup: string) =>
  `${ofTaskSet(service, taskSet)} registered 1 targets in (target-group ${targetGroup})`;

export const deregistered = (service: string, taskSet: string, targetGroup: string) =>
  `${ofTaskSet(service, taskSet)} deregistered 1 targets in (target-group ${targetGroup})`;

export const draining = (service: string, taskSet: string) =>
  `${ofTaskSet(service, taskSet)} has begun draining connections on 1 tasks.`;

export const unhealthy = (
  service: string,
  taskSet: string,
  {
    port,
    targetGroup,
    reason,
  }: { readonly port: number; readonly targetGroup: string; readonly reason: string },
) =>
  `${ofTaskSet(service, taskSet)} (port ${port}) is unhealthy in (target-group ${targetGroup}) due to (reason ${reason})`;

export const steady = (service: string) => `(service ${service}) has reached a steady state.`;

export const failing = (service: string) =>
  `(service ${service}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;
