import { createServer, type AddressInfo } from "node:net";
import { Failure } from "../../process/failure";

export const HOST = "127.0.0.1";

/**
 * A free port of the loopback interface: the wanted one, or any.
 *
 * @throws Failure if the wanted port cannot be used.
 */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      const reason = code === "EADDRINUSE" ? "it is in use" : (code ?? "unknown error");
      reject(
        new Failure(
          `cannot listen on port ${wanted} of ${HOST}: ${reason}; without --port a free one is used`,
        ),
      );
    });
    server.listen(wanted, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
