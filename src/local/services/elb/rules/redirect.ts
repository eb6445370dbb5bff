import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";

/** The parts of the URL of a request that a redirect may keep. */
export interface RequestUrl {
  readonly protocol: "http" | "https";
  readonly host: string;
  /** That of the listener, not of this machine. */
  readonly port: number;
  /** With its slash. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
}

export interface Redirect {
  readonly statusCode: 301 | 302;
  readonly location: string;
}

/**
 * Where a redirect leads. `#{protocol}`, `#{host}`, `#{port}`, `#{path}` (without its slash) and `#{query}` are
 * those of the request.
 *
 * @param localPort The port of this machine that is used in place of one of the load balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export function redirectOf(
  config: NonNullable<Action["RedirectConfig"]>,
  url: RequestUrl,
  localPort: (port: number) => number = (port) => port,
): Redirect {
  const values: Readonly<Record<string, string>> = {
    protocol: url.protocol,
    host: url.host,
    port: String(url.port),
    path: url.path.replace(/^\//, ""),
    query: url.query,
  };
  const fill = (template: string | undefined, otherwise: string) =>
    (template ?? otherwise).replace(
      /#\{(protocol|host|port|path|query)\}/g,
      (_, name: string) => values[name] ?? "",
    );
  const protocol = fill(config.Protocol, "#{protocol}").toLowerCase();
  const port = localPort(Number(fill(config.Port, "#{port}")));
  const query = fill(config.Query, "#{query}");
  const path = fill(config.Path, "/#{path}");
  const host = fill(config.Host, "#{host}");
  return {
    statusCode: config.StatusCode === "HTTP_301" ? 301 : 302,
    // AWS names the port, the default one too.
    location: `${protocol}://${host}:${port}${path}${query === "" ? "" : `?${query}`}`,
  };
}
