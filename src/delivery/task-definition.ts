import {
  dependenciesOf,
  secretsOf,
  serviceContainer,
  sidecarContainer,
  xrayContainer,
  type Dependencies,
  type ServiceContainer,
  type Sidecar,
} from "./containers";

export interface TaskDefinitionProps {
  readonly family: string;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** @default - Fargate's 20 GiB */
  readonly ephemeralStorageGiB?: number;
  readonly architecture: Architecture;
  readonly container: ServiceContainer;
  /** ARN of a secret or of a parameter, by the name of the variable. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the service's container waits for. */
  readonly dependsOn: Dependencies;
  readonly sidecars: Readonly<Record<string, Sidecar>>;
  readonly xray: boolean;
  /** What the service's image runs with, and the placeholder does not. @default - ECS's defaults */
  readonly process?: ProcessSettings;
}

export interface ProcessSettings {
  /** Between SIGTERM and SIGKILL. @default - ECS's 30 seconds */
  readonly stopTimeoutSeconds?: number;
  /** @default false */
  readonly readonlyRootFilesystem?: boolean;
  /** @default - the image's */
  readonly user?: string;
  /** Open files, soft and hard. @default - Fargate's */
  readonly nofile?: number;
}

export type Architecture = "x86_64" | "arm64";

/** The deploy action replaces it with the image of `imageDetail.json`. */
export const IMAGE_PLACEHOLDER = "<IMAGE1_NAME>";

export const runtimePlatform = (architecture: Architecture) => ({
  cpuArchitecture: architecture === "arm64" ? "ARM64" : "X86_64",
  operatingSystemFamily: "LINUX",
});

/** Keys that only AWS's answers about a task definition have. RegisterTaskDefinition ignores them. */
export const ANSWERED_KEYS = [
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
] as const;

/**
 * The task definition of every release: input of RegisterTaskDefinition, without the keys that only its
 * answer has.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function taskDefinition(props: TaskDefinitionProps) {
  const { container, sidecars, xray } = props;
  return {
    family: props.family,
    executionRoleArn: props.executionRoleArn,
    taskRoleArn: props.taskRoleArn,
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: String(props.cpu),
    memory: String(props.memory),
    ...(props.ephemeralStorageGiB !== undefined && {
      ephemeralStorage: { sizeInGiB: props.ephemeralStorageGiB },
    }),
    runtimePlatform: runtimePlatform(props.architecture),
    containerDefinitions: [
      {
        ...serviceContainer(container, IMAGE_PLACEHOLDER),
        ...secretsOf(props.secrets),
        ...dependenciesOf(props.dependsOn),
        ...processOf(props.process),
      },
      ...Object.entries(sidecars).map(([name, sidecar]) => sidecarContainer(name, sidecar, container.logs)),
      ...(xray ? [xrayContainer(container.logs)] : []),
    ],
  };
}

/** Keys that are left out keep ECS's defaults. */
const processOf = ({
  nofile,
  readonlyRootFilesystem = false,
  stopTimeoutSeconds,
  user,
}: ProcessSettings = {}) => ({
  ...(stopTimeoutSeconds !== undefined && { stopTimeout: stopTimeoutSeconds }),
  ...(readonlyRootFilesystem && { readonlyRootFilesystem }),
  ...(user !== undefined && { user }),
  ...(nofile !== undefined && { ulimits: [{ name: "nofile", softLimit: nofile, hardLimit: nofile }] }),
});

/**
 * The same as a file, one value in each line. The deploy action replaces text, so `<` is escaped in every
 * value but the image: a variable that contains a placeholder stays as it is.
 */
export function taskDefinitionFile(props: TaskDefinitionProps): string {
  const escape = (text: string) => text.replaceAll("<", "\\u003c");
  const json = escape(JSON.stringify(taskDefinition(props), null, 2));
  return `${json.replace(`"image": "${escape(IMAGE_PLACEHOLDER)}"`, `"image": "${IMAGE_PLACEHOLDER}"`)}\n`;
}
