import { once } from "node:events";
import {
  createServer,
  request as send,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { HOST } from "../../../src/local/emulator/port";
import { refusalOf, requestOf, type AwsRequest, type Refusal } from "./request";

/** Decides whether AWS refuses a request. */
export type Judge = (request: AwsRequest) => Refusal | undefined | Promise<Refusal | undefined>;

/** Stands between a command and the embedded AWS: it notes each request, and answers those that a judge refuses. */
export class AwsProxy {
  /** In the order of their arrival. */
  public readonly requests: AwsRequest[] = [];
  /** What went wrong here, not at AWS. */
  public readonly faults: string[] = [];
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      this.faults.push(String(error));
      response.writeHead(501).end(String(error));
    });
  });

  /** @param endpoint The URL of the embedded AWS. */
  constructor(
    private readonly endpoint: string,
    private readonly judge: Judge = () => undefined,
  ) {}

  /** @returns the URL that stands for the embedded AWS. */
  public async start(): Promise<string> {
    await once(this.server.listen(0, HOST), "listening");
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server.close(), "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const refusal = await this.refusal(request.headers, body.toString());
    if (refusal) {
      const { body: text, status, type } = refusalOf(request.headers, refusal);
      response.writeHead(status, { "content-type": type }).end(text);
      return;
    }
    const { headers, method, url = "/" } = request;
    const forwarded = send(new URL(url, this.endpoint), { headers, method });
    const answered = once(forwarded, "response") as Promise<[IncomingMessage]>;
    forwarded.end(body);
    const [answer] = await answered;
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response);
  }

  /** A link that AWS gave, such as that of a layer, is used without credentials, and so passes. */
  private async refusal(headers: IncomingHttpHeaders, body: string): Promise<Refusal | undefined> {
    if (headers.authorization === undefined) return undefined;
    const request = requestOf(headers, body);
    this.requests.push(request);
    return this.judge(request);
  }
}
