import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body?: string;
}

/** An AWS service that gives the answer that a test sets, and settings of a client that asks it. */
export function fakeService() {
  let server: Server;
  let answer: Answer = { status: 200 };
  const settings = {
    endpoint: "",
    region: "eu-central-1",
    credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    maxAttempts: 1,
  };
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer.status).end(answer.body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    settings.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return { settings, answers: (next: Answer) => (answer = next) };
}
