import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer, Server as SecureServer } from "node:https";
import type { Embedded } from "../../../reconcile/embedded";
import { portFor } from "../../../reconcile/ports";
import type { Listener } from "../table/table";
import { Certificates } from "./certificates";
import { handle } from "./handle";
import type { Traffic } from "./traffic";
import { handleUpgrade } from "./upgrade";

/** As much as a load balancer takes of the header fields of a request. */
const MAX_HEADER_BYTES = 65_536;

/** How long requests that are in flight may take to end. */
const CLOSE_MS = 3_000;

interface Running {
  readonly server: Server | SecureServer;
  readonly port: number;
  readonly protocol: Listener["protocol"];
}

/** The name of the port of a listener, for `knownPort`. */
export const portNameOf = (listenerArn: string) => `listener-${listenerArn.split("/").at(-1) ?? ""}`;

/** One server on 127.0.0.1 for each listener. */
export class Servers {
  private readonly running = new Map<string, Running>();
  private readonly certificates: Certificates;

  constructor(private readonly embedded: Embedded) {
    this.certificates = new Certificates(embedded.file);
  }

  /** The port of this machine on which a listener answers. */
  public portOf(arn: string): number | undefined {
    return this.running.get(arn)?.port;
  }

  /** Starts the servers of new listeners, and ends those of listeners that are gone. */
  public async follow(listeners: ReadonlyMap<string, Listener>, traffic: Traffic): Promise<void> {
    for (const [arn, { server, protocol }] of this.running)
      if (listeners.get(arn)?.protocol !== protocol) {
        this.running.delete(arn);
        await closed(server);
      }
    for (const listener of listeners.values()) {
      await this.certificates.prepare(listener);
      const running = this.running.get(listener.arn) ?? (await this.start(listener, traffic));
      if (running.server instanceof SecureServer)
        running.server.setSecureContext(await this.certificates.pemOf(listener.certificates[0]?.names ?? []));
      running.server.keepAliveTimeout = listener.loadBalancer.idleTimeoutSeconds * 1000;
    }
  }

  public async end(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ server }) => closed(server)));
    this.running.clear();
  }

  private async start(listener: Listener, traffic: Traffic): Promise<Running> {
    const { arn, protocol } = listener;
    const server = this.create(listener, traffic, (request, response) => {
      handle(traffic, arn, request, response);
    });
    server.on("upgrade", (request, socket, head) => {
      handleUpgrade(traffic, arn, { request, socket, head });
    });
    // A client may take its time for a body.
    server.requestTimeout = 0;
    const port = await portFor(portNameOf(arn));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const running = { server, port, protocol };
    this.running.set(arn, running);
    const url = `${protocol.toLowerCase()}://127.0.0.1:${port}`;
    this.embedded.say("elb", `${listener.loadBalancer.dimension}: port ${listener.port} at ${url}`);
    return running;
  }

  private create(
    { arn, protocol }: Listener,
    traffic: Traffic,
    onRequest: RequestListener,
  ): Server | SecureServer {
    const options: ServerOptions = { keepAlive: true, maxHeaderSize: MAX_HEADER_BYTES };
    if (protocol === "HTTP") return createServer(options, onRequest);
    return createSecureServer(
      {
        ...options,
        SNICallback: (host, done) => {
          const listener = traffic.listener(arn);
          done(null, listener && this.certificates.contextFor(listener, host));
        },
      },
      onRequest,
    );
  }
}

function closed(server: Server | SecureServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
    setTimeout(() => {
      server.closeAllConnections();
    }, CLOSE_MS).unref();
  });
}
