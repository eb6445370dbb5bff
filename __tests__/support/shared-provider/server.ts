import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { buffer } from "node:stream/consumers";
import { Providers, type Provider } from "./processes";
import { schemaOf } from "./schema";

const GET_SCHEMA = "/tfplugin5.Provider/GetSchema";
const STOP = "/tfplugin5.Provider/Stop";
const GRPC = { ":status": 200, "content-type": "application/grpc" } as const;
const UNIMPLEMENTED = "12";
const UNKNOWN = "2";

interface ProviderSource {
  /** Where Terraform connects. */
  readonly socket: string;
  /** The program of the provider, once it is installed. */
  readonly program: () => string;
  /** The variables of the embedded AWS: the same object until another one is started. */
  readonly env: () => NodeJS.ProcessEnv;
  /** The types of resources that a configuration or a state may have. */
  readonly types: () => ReadonlySet<string>;
}

/** What the server knows of a connection of Terraform. */
interface Connection {
  provider?: Promise<Provider>;
  requests: number;
  isStopped: boolean;
}

function refuse(stream: ServerHttp2Stream, status: string, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const trailers = { "grpc-status": status, "grpc-message": encodeURIComponent(message) };
  stream.respond({ ...GRPC, ...trailers }, { endStream: true });
}

function answerOnce(stream: ServerHttp2Stream, message: Buffer): void {
  stream.respond(GRPC, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": "0" });
  });
  stream.end(message);
}

/** Sends a request on to a provider, and its answer back, without reading them. */
function forward({ session }: Provider, headers: IncomingHttpHeaders, stream: ServerHttp2Stream): void {
  const request = session.request(headers);
  let trailers: IncomingHttpHeaders = {};
  stream.pipe(request);
  stream.on("close", () => {
    request.close();
  });
  request.on("error", () => {
    stream.close();
  });
  request.on("trailers", (received: IncomingHttpHeaders) => {
    trailers = received;
  });
  request.on("response", (received) => {
    const isWhole = received["grpc-status"] !== undefined;
    stream.respond(received, { endStream: isWhole, waitForTrailers: !isWhole });
    stream.on("wantTrailers", () => {
      stream.sendTrailers(trailers);
    });
    if (!isWhole) request.pipe(stream);
  });
}

/**
 * Stands between Terraform and its provider. Providers run on from one Terraform to the next, and the schema that
 * Terraform reads has no types but those that are asked for: it takes Terraform three seconds to read all 1,500.
 */
export class SharedProvider {
  private readonly providers: Providers;
  private readonly connections = new Map<ServerHttp2Session, Connection>();
  private readonly server: Http2Server;
  private schema: Promise<Buffer> | undefined;

  constructor(private readonly of: ProviderSource) {
    this.providers = new Providers(of.program);
    this.server = createServer();
    this.server.on("session", (session) => {
      this.accept(session);
    });
    this.server.on("stream", (stream, headers) => {
      this.serve(stream, headers).catch((error: unknown) => {
        refuse(stream, UNKNOWN, String(error));
      });
    });
    this.server.listen(of.socket);
  }

  /** The variable that leads Terraform here. @see https://developer.hashicorp.com/terraform/plugin/debugging */
  public get reattach(): string {
    const provider = {
      ...{ Protocol: "grpc", ProtocolVersion: 5, Pid: process.pid, Test: true },
      Addr: { Network: "unix", String: this.of.socket },
    };
    return JSON.stringify({ "registry.terraform.io/hashicorp/aws": provider });
  }

  private accept(session: ServerHttp2Session): void {
    const connection: Connection = { requests: 0, isStopped: false };
    this.connections.set(session, connection);
    session.on("close", () => {
      this.connections.delete(session);
      const isDone = connection.requests === 0 && !connection.isStopped;
      connection.provider?.then(
        (provider) => {
          this.providers.give(provider, isDone);
        },
        () => undefined,
      );
    });
  }

  private async serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const connection = stream.session && this.connections.get(stream.session as ServerHttp2Session);
    const path = headers[":path"] ?? "";
    if (!connection) return;
    stream.on("error", () => undefined);
    if (path.startsWith("/plugin.GRPCStdio")) {
      refuse(stream, UNIMPLEMENTED, "");
      return;
    }
    // The broker: the provider offers no further services.
    if (path.startsWith("/plugin.")) {
      stream.respond(GRPC);
      return;
    }
    connection.requests++;
    stream.on("close", () => connection.requests--);
    connection.isStopped ||= path === STOP;
    const take = () => (connection.provider ??= this.providers.take(this.of.env()));
    if (path !== GET_SCHEMA) {
      forward(await take(), headers, stream);
      return;
    }
    this.schema ??= take().then(({ session }) => whole(session.request(headers), stream));
    answerOnce(stream, schemaOf(await this.schema, this.of.types()));
  }

  /** Ends the providers. */
  public end(): void {
    this.server.close();
    for (const session of this.connections.keys()) session.destroy();
    this.providers.end();
  }
}

/** The whole answer to a request. */
function whole(request: NodeJS.ReadWriteStream, body: NodeJS.ReadableStream): Promise<Buffer> {
  body.pipe(request);
  return buffer(request);
}
