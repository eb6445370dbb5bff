import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { startLoad } from "../../../src/local/load/load";

test.each(["http", "https"])(
  "a load over %s counts every answer",
  async (protocol) => {
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
      keyType: "ec",
    });
    const server = protocol === "http" ? createServer() : createSecureServer({ cert, key });
    server.on("request", (_, response: ServerResponse) => {
      response.writeHead(200, { "x-version": "one" }).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const load = startLoad({ url: `${protocol}://127.0.0.1:${port}/`, perSecond: 50, seconds: 0.2 });
    const { answers, failures, sent } = await load.done;
    server.close();
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThan(0);
    expect(answers).toEqual({ "one 200": sent });
  },
  30_000,
);

test("a connection without requests is closed before the server closes it", async () => {
  let ended = 0;
  let endedAtLastRequest = 0;
  let answerAfterMs = 300;
  const server = createServer((_, response) => {
    endedAtLastRequest = ended;
    setTimeout(() => response.end(), answerAfterMs);
  });
  server.keepAliveTimeout = 2_000;
  server.on("connection", (socket) => socket.once("end", () => (ended += 1)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const load = startLoad({ url: `http://127.0.0.1:${port}/`, perSecond: 50, seconds: 2 });
  // Slow answers at first need several connections; quick ones later need one.
  setTimeout(() => (answerAfterMs = 0), 300);
  const { failures } = await load.done;
  server.close();
  expect(failures).toEqual([]);
  expect(endedAtLastRequest).toBeGreaterThan(3);
});
