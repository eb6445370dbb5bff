import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { buffer } from "node:stream/consumers";
import type { Provider } from "./processes";

/** How each answer of gRPC begins. @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
export const GRPC = { ":status": 200, "content-type": "application/grpc" } as const;

/** Codes of faults. */
export const UNKNOWN = "2";
export const UNIMPLEMENTED = "12";

/** Answers with a fault. */
export function refuse(stream: ServerHttp2Stream, status: string, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const trailers = { "grpc-status": status, "grpc-message": encodeURIComponent(message) };
  stream.respond({ ...GRPC, ...trailers }, { endStream: true });
}

/** Answers with one message. */
export function answer(stream: ServerHttp2Stream, message: Buffer): void {
  stream.respond(GRPC, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": "0" });
  });
  stream.end(message);
}

/** Sends a request on to a provider, and its answer back, without reading them. */
export function forward(
  { session }: Provider,
  headers: IncomingHttpHeaders,
  stream: ServerHttp2Stream,
): void {
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

/** The whole answer of a provider to a request, as a message of gRPC. */
export function answerOf(
  { session }: Provider,
  headers: IncomingHttpHeaders,
  stream: ServerHttp2Stream,
): Promise<Buffer> {
  const request = session.request(headers);
  stream.pipe(request);
  return buffer(request);
}
