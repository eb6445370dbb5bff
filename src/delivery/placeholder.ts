import { serviceContainer, type ServiceContainer } from "./containers";

export interface PlaceholderProps {
  readonly container: ServiceContainer;
  /** The path that the target groups request. It may end in a slash or have a query. */
  readonly healthCheckPath: string;
  /** A port for health checks only. @default - the container's port */
  readonly healthCheckPort?: number;
}

/** Busybox has a web server in 2 MB, for both architectures. The version is pinned. */
const IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";
const DOCUMENT_ROOT = "/tmp/www";

/**
 * The containers of a service's first task, before there is an image. One container with the service's name
 * passes the health check, with status 200. It has no sidecars and no secrets: nothing that it does needs them.
 */
export function placeholder({ container, healthCheckPath, healthCheckPort }: PlaceholderProps) {
  const ports = healthCheckPort === undefined || healthCheckPort === container.port ? [] : [healthCheckPort];
  const script = [
    ...servedFile(healthCheckPath),
    ...ports.map((port) => `httpd -p ${port} -h ${DOCUMENT_ROOT}`),
    `exec httpd -f -p ${container.port} -h ${DOCUMENT_ROOT}`,
  ];
  return [{ ...serviceContainer(container, IMAGE), command: ["sh", "-c", script.join(" && ")] }];
}

/** The commands that make the requested page. The web server ignores the query of a request. */
function servedFile(healthCheckPath: string): string[] {
  const path = healthCheckPath.replace(/\?.*$/, "");
  const file = `${DOCUMENT_ROOT}${path.endsWith("/") ? `${path}index.html` : path}`;
  return [`mkdir -p '${file.slice(0, file.lastIndexOf("/"))}'`, `touch '${file}'`];
}
