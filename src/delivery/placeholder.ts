import { serviceContainer, type ServiceContainer } from "./containers";

export interface PlaceholderProps {
  readonly container: ServiceContainer;
  /** The path that the target groups request. It may end in a slash or have a query. */
  readonly healthCheckPath: string;
  /** A port for health checks only. @default - the container's port */
  readonly healthCheckPort?: number;
  /** A status of the answer, from 200 to 499, that the health check accepts. @default 200 */
  readonly status?: number;
}

/** Busybox has a web server in 2 MB, for both architectures. The version is pinned. */
const IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";
const DOCUMENT_ROOT = "/tmp/www";

/**
 * The containers of a service's first task, before there is an image. One container with the service's name
 * passes the health check. It has no sidecars and no secrets: nothing that it does needs them.
 */
export function placeholder(props: PlaceholderProps) {
  const { container, healthCheckPath, healthCheckPort = container.port, status = 200 } = props;
  const others = healthCheckPort === container.port ? [] : [healthCheckPort];
  const script =
    status === 200
      ? [
          ...servedFile(healthCheckPath),
          ...others.map((port) => `httpd -p ${port} -h ${DOCUMENT_ROOT}`),
          `exec httpd -f -p ${container.port} -h ${DOCUMENT_ROOT}`,
        ].join(" && ")
      : [
          ...others.map((port) => `${answering(port, status)} &`),
          `exec ${answering(container.port, status)}`,
        ].join("\n");
  return [{ ...serviceContainer(container, IMAGE), command: ["sh", "-c", script] }];
}

/** The web server has no other status for a file: each request, whatever its path, starts a script instead. */
function answering(port: number, status: number): string {
  const answer = `HTTP/1.1 ${status} Placeholder\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n`;
  // The headers end with a line that has only a carriage return. What is not read would reset the connection.
  return `nc -ll -p ${port} -e sh -c 'while read -r line && [ \${#line} -gt 1 ]; do :; done; printf "${answer}"'`;
}

/** The commands that make the requested page. The web server ignores the query of a request. */
function servedFile(healthCheckPath: string): string[] {
  const path = healthCheckPath.replace(/\?.*$/, "");
  const file = `${DOCUMENT_ROOT}${path.endsWith("/") ? `${path}index.html` : path}`;
  return [`mkdir -p '${file.slice(0, file.lastIndexOf("/"))}'`, `touch '${file}'`];
}
