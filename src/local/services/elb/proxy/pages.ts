import { STATUS_CODES, type ServerResponse } from "node:http";

/** AWS's own words where they differ from those of Node. */
const TITLES: Readonly<Record<number, string>> = {
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
};

export const titleOf = (status: number) => TITLES[status] ?? `${status} ${STATUS_CODES[status] ?? ""}`.trim();

/** The page of an answer that the load balancer gives itself. */
export function pageOf(status: number): string {
  const title = titleOf(status);
  return [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}

const SERVER = "awselb/2.0";

/** Answers in the name of the load balancer. */
export function answer(
  response: ServerResponse,
  status: number,
  { body = pageOf(status), type = "text/html", headers = {} }: Partial<OwnAnswer> = {},
): void {
  response.writeHead(status, {
    Server: SERVER,
    ...(body !== "" && { "Content-Type": type }),
    "Content-Length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

interface OwnAnswer {
  readonly body: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same for a connection that waits for an upgrade, and ends with the answer. */
export function rawAnswer(status: number): string {
  const body = pageOf(status);
  return [
    `HTTP/1.1 ${titleOf(status)}`,
    `Server: ${SERVER}`,
    "Content-Type: text/html",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
