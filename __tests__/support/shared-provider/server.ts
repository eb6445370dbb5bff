import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { answer, answerOf, forward, GRPC, refuse, UNIMPLEMENTED, UNKNOWN } from "./grpc";
import { Providers, type Provider } from "./processes";
import { schemaOf } from "./schema";

const GET_SCHEMA = "/tfplugin5.Provider/GetSchema";
const STOP = "/tfplugin5.Provider/Stop";

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
    this.schema ??= take().then((provider) => answerOf(provider, headers, stream));
    answer(stream, schemaOf(await this.schema, this.of.types()));
  }

  /** Ends the providers. */
  public end(): void {
    this.server.close();
    for (const session of this.connections.keys()) session.destroy();
    this.providers.end();
  }
}
