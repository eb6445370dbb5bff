/** Why a task has stopped, in the words of ECS. @see `failures.yaml` of the catalogue of failures */

export const ESSENTIAL_EXITED = "Essential container in task exited";

export const UNHEALTHY_CONTAINER = "Task failed container health checks";

/** @param id Of the task set; ECS calls it a deployment here. */
export const scalingActivity = (id: string) => `Scaling activity initiated by (deployment ${id})`;

export const unhealthyTarget = (targetGroup: string) =>
  `Task failed ELB health checks in (target-group ${targetGroup})`;

/** The longest reason that ECS keeps of a container. */
const LONGEST = 1024;

/** A task that cannot be started, with the reason that DescribeTasks shows. */
export class CannotStart extends Error {
  constructor(
    reason: string,
    /** The container that could not be started. @default - the task as a whole */
    public readonly container?: string,
  ) {
    super(reason.replaceAll(/\s+/g, " ").slice(0, LONGEST));
  }
}

const MISSING = /manifest unknown|not found|MANIFEST_UNKNOWN|name unknown|NAME_UNKNOWN|no such image|404/i;

const DENIED = /unauthorized|authentication required|denied|forbidden|403|401/i;

/** @param image As the task definition names it. @param said By the registry or the engine. */
export function cannotPull(image: string, said: string): string {
  const resolving = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}`;
  if (MISSING.test(said)) return `${resolving}: ${image}: not found`;
  if (!DENIED.test(said)) return `${resolving}: ${said}`;
  const host = image.slice(0, image.indexOf("/"));
  const reference = image.slice(Math.max(image.lastIndexOf(":"), image.lastIndexOf("@")) + 1);
  return `${resolving}: pulling from host ${host} failed with status code [manifests ${reference}]: 403 Forbidden`;
}

const describe = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

export const cannotAuthorize = (error: unknown) =>
  `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: ${describe(error)}`;

export const cannotReadSecret = (valueFrom: string, source: "asm" | "ssm", error: unknown) =>
  `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from ${source}: service call has been retried 1 time(s): failed to fetch secret ${valueFrom} from ${
    source === "asm" ? "secrets manager" : "ssm"
  }: api error ${describe(error)}`;

export const withoutJsonKey = (key: string) =>
  `ResourceInitializationError: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key ${key}`;

export const cannotLog = (error: unknown) =>
  `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${describe(error)}`;

export const cannotRun = (error: unknown) => `CannotStartContainerError: ${describe(error)}`;

export const dependencyFailed = (container: string, on: string) =>
  `Task failed to start: dependency of container ${container} on ${on} cannot be met`;
