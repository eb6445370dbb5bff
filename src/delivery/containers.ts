/** Where the containers of a task write their logs. The execution role may write to this log group only. */
export interface Logs {
  readonly group: string;
  readonly region: string;
}

/** The container of a service: what its placeholder and each of its releases have in common. */
export interface ServiceContainer {
  readonly name: string;
  /** The TCP port to which the load balancer sends requests. */
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logs: Logs;
  /** Whether ECS Exec can open a shell in the container. */
  readonly exec: boolean;
}

/** Containers that must be in a state before another one starts, by name. */
export type Dependencies = Readonly<Record<string, "START" | "HEALTHY" | "COMPLETE" | "SUCCESS">>;

/** A container next to the service's. */
export interface Sidecar {
  readonly image: string;
  /** Whether the task stops when this container stops. */
  readonly essential: boolean;
  /** CPU units: 1024 are one vCPU. @default - what the other containers leave */
  readonly cpu?: number;
  /** MiB; ECS stops the container if it uses more. @default - what the other containers leave */
  readonly memory?: number;
  /** @default - no port */
  readonly port?: number;
  readonly variables: Readonly<Record<string, string>>;
  /** ARN of a secret or of a parameter, by the name of the variable. */
  readonly secrets: Readonly<Record<string, string>>;
  /** @default - the image's */
  readonly command?: readonly string[];
  /** @default - none: the container is never healthy */
  readonly healthCheck?: ContainerHealthCheck;
  readonly dependsOn: Dependencies;
}

export interface ContainerHealthCheck {
  /** `CMD` and its arguments, or `CMD-SHELL` and a line. */
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Failures in this time do not count. */
  readonly startSeconds: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const serviceContainer = ({ name, port, variables, logs, exec }: ServiceContainer, image: string) => ({
  name,
  image,
  essential: true,
  portMappings: [portMapping(port, "tcp")],
  environment: environmentOf(variables),
  logConfiguration: logConfiguration(logs, "app"),
  // The agent of ECS Exec leaves zombie processes, which an init process removes.
  ...(exec && { linuxParameters: { initProcessEnabled: true } }),
});

export const sidecarContainer = (name: string, sidecar: Sidecar, logs: Logs) => ({
  name,
  image: sidecar.image,
  essential: sidecar.essential,
  ...(sidecar.cpu !== undefined && { cpu: sidecar.cpu }),
  ...(sidecar.memory !== undefined && { memory: sidecar.memory }),
  ...(sidecar.command && { command: sidecar.command }),
  ...(sidecar.port !== undefined && { portMappings: [portMapping(sidecar.port, "tcp")] }),
  environment: environmentOf(sidecar.variables),
  ...secretsOf(sidecar.secrets),
  ...(sidecar.healthCheck && { healthCheck: healthCheckOf(sidecar.healthCheck) }),
  ...dependenciesOf(sidecar.dependsOn),
  logConfiguration: logConfiguration(logs, name),
});

const XRAY_IMAGE = "public.ecr.aws/xray/aws-xray-daemon:3.3.13";
const XRAY_PORT = 2000;

/** The daemon that sends the service's traces to X-Ray. It receives them on the task's own network. */
export const xrayContainer = (logs: Logs) => ({
  name: "xray-daemon",
  image: XRAY_IMAGE,
  essential: false,
  portMappings: [portMapping(XRAY_PORT, "udp")],
  logConfiguration: logConfiguration(logs, "xray"),
});

/** Nothing if there are none, so that the API's answer has the same keys. */
export const secretsOf = (secrets: Readonly<Record<string, string>>) =>
  Object.keys(secrets).length > 0 && {
    secrets: Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
  };

export const dependenciesOf = (dependencies: Dependencies) =>
  Object.keys(dependencies).length > 0 && {
    dependsOn: Object.entries(dependencies).map(([containerName, condition]) => ({
      containerName,
      condition,
    })),
  };

const environmentOf = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));

const portMapping = (port: number, protocol: "tcp" | "udp") => ({
  containerPort: port,
  hostPort: port,
  protocol,
});

const healthCheckOf = (check: ContainerHealthCheck) => ({
  command: check.command,
  interval: check.intervalSeconds,
  timeout: check.timeoutSeconds,
  retries: check.retries,
  startPeriod: check.startSeconds,
});

const logConfiguration = ({ group, region }: Logs, prefix: string) => ({
  logDriver: "awslogs",
  options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix },
});
