import { spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import { gitEnvironment } from "./git";

const END_OF_HEADERS = "\r\n\r\n";

/**
 * Answers a request of a git client by `git http-backend`, git's own CGI program. Bodies are streamed both ways. If
 * the client ends the connection, git ends too, and a push that was not complete changes nothing.
 *
 * @param repository The bare repository.
 * @param path What follows the repository in the URL, such as `/info/refs`.
 * @param before Runs after git has ended, and before the answer ends.
 */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { repository, path, query }: { readonly repository: string; readonly path: string; readonly query: string },
  before: (path: string) => Promise<void>,
  onMessage: (text: string) => void,
): Promise<void> {
  const { headers, method = "GET" } = request;
  const root = dirname(repository);
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `${repository.slice(root.length)}${path}`,
      QUERY_STRING: query,
      REQUEST_METHOD: method,
      CONTENT_TYPE: headers["content-type"] ?? "",
      REMOTE_USER: "operator",
      REMOTE_ADDR: "127.0.0.1",
      ...(headers["content-length"] !== undefined && { CONTENT_LENGTH: headers["content-length"] }),
      ...(headers["content-encoding"] !== undefined && {
        HTTP_CONTENT_ENCODING: headers["content-encoding"],
      }),
      ...(headers["git-protocol"] !== undefined && { GIT_PROTOCOL: String(headers["git-protocol"]) }),
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => undefined);
  const onHangUp = () => {
    backend.stdin.destroy();
    backend.stdout.destroy();
  };
  if (response.destroyed) onHangUp();
  response.once("close", () => {
    if (!response.writableEnded) onHangUp();
  });
  backend.stderr.on("data", (data: Buffer) => {
    onMessage(data.toString().trim());
  });
  passAnswer(backend.stdout, response);
  await once(backend, "close");
  await before(path);
  if (response.destroyed) return;
  if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
  response.end();
}

/** Turns the headers of a CGI program into those of the answer, and passes the body on. */
function passAnswer(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let begin = Buffer.alloc(0);
  const onData = (data: Buffer) => {
    begin = Buffer.concat([begin, data]);
    const end = begin.indexOf(END_OF_HEADERS);
    if (end < 0) return;
    output.off("data", onData);
    const { status, headers } = parseHeaders(begin.subarray(0, end).toString());
    response.writeHead(status, headers);
    response.write(begin.subarray(end + END_OF_HEADERS.length));
    output.pipe(response, { end: false });
  };
  output.on("data", onData);
}

/** @returns 200 if there is no header `Status`. */
export function parseHeaders(text: string): { status: number; headers: Record<string, string> } {
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of text.split("\r\n")) {
    const [name = "", value = ""] = line.split(/: *(.*)/s);
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else if (name !== "") headers[name] = value;
  }
  return { status, headers };
}
