import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { freePort } from "../../../src/local/emulator/port";

describe("the port of the embedded AWS", () => {
  it("is free, or refused with a message", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(freePort(port)).rejects.toThrow(
      `cannot listen on port ${port} of 127.0.0.1: it is in use; without --port a free one is used`,
    );
    expect(await freePort()).not.toBe(port);
    server.close();
    await once(server, "close");
    expect(await freePort(port)).toBe(port);
  });
});
