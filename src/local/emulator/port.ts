import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { Failure } from "../../errors";

export const HOST = "127.0.0.1";

/**
 * A free port of the loopback interface: the wanted one, or any.
 *
 * @throws Failure if the wanted port cannot be used.
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, HOST);
  await once(server, "listening").catch((error: unknown) => {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    const reason = code === "EADDRINUSE" ? "it is in use" : code;
    throw new Failure(
      `cannot listen on port ${wanted} of ${HOST}: ${reason}; without --port a free one is used`,
    );
  });
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}
