export interface ContainerProps {
  readonly name: string;
  readonly port: number;
  readonly healthCheckPath: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly variables: Readonly<Record<string, string>>;
  /** ARN of a secret or a parameter, by name of the variable that holds its value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Whether ECS Exec can open a shell in the container. */
  readonly exec: boolean;
  readonly xray: boolean;
}

/** Busybox has a web server in 2 MB. The versions are pinned. */
const PLACEHOLDER_IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";
const XRAY_IMAGE = "public.ecr.aws/xray/aws-xray-daemon:3.3.13";
const XRAY_PORT = 2000;
const DOCUMENT_ROOT = "/tmp/www";

/**
 * The containers of a service's first task. The service has no image yet, so a placeholder of the same
 * name answers on the same port and health check path.
 */
export function containerDefinitions(props: ContainerProps) {
  const logs = (prefix: string) => ({
    logDriver: "awslogs",
    options: {
      "awslogs-group": props.logGroupName,
      "awslogs-region": props.region,
      "awslogs-stream-prefix": prefix,
    },
  });
  const service = {
    name: props.name,
    image: PLACEHOLDER_IMAGE,
    essential: true,
    command: placeholderCommand(props.port, props.healthCheckPath),
    portMappings: [{ containerPort: props.port, hostPort: props.port, protocol: "tcp" }],
    environment: Object.entries(props.variables).map(([name, value]) => ({ name, value })),
    secrets: Object.entries(props.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    logConfiguration: logs("app"),
    // The agent of ECS Exec leaves zombie processes, which an init process removes.
    ...(props.exec ? { linuxParameters: { initProcessEnabled: true } } : {}),
  };
  const daemon = {
    name: "xray-daemon",
    image: XRAY_IMAGE,
    essential: false,
    portMappings: [{ containerPort: XRAY_PORT, hostPort: XRAY_PORT, protocol: "udp" }],
    logConfiguration: logs("xray"),
  };
  return props.xray ? [service, daemon] : [service];
}

/** Serves an empty page at the health check path. The configuration allows no shell characters in it. */
function placeholderCommand(port: number, healthCheckPath: string): string[] {
  const page = `${DOCUMENT_ROOT}${healthCheckPath === "/" ? "" : healthCheckPath}`;
  const make =
    healthCheckPath === "/"
      ? `mkdir -p ${page} && touch ${page}/index.html`
      : `mkdir -p ${page.slice(0, page.lastIndexOf("/"))} && touch ${page}`;
  return ["sh", "-c", `${make} && exec httpd -f -p ${port} -h ${DOCUMENT_ROOT}`];
}
