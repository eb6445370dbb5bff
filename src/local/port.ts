import { createServer, type AddressInfo } from "node:net";
import { Failure } from "../process/failure";

export const HOST = "127.0.0.1";

/**
 * A port of the loopback interface that nobody listens on: the wanted one, or any.
 *
 * @throws Failure where the wanted one is taken, or not to be had.
 */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      const reason = code === "EADDRINUSE" ? "in use" : `not to be had (${code ?? "unknown"})`;
      reject(new Failure(`port ${wanted} of ${HOST} is ${reason}: leave --port out to take a free one`));
    });
    server.listen(wanted, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
