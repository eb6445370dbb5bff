import type { ClientRequest } from "node:http";

/** A load balancer waits this long for a connection. */
export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Ends a request whose connection is not made in time.
 *
 * @returns whether the connection is still being made.
 */
export function limitConnecting(sent: ClientRequest, onTimeout: () => void): () => boolean {
  let connecting = false;
  sent.once("socket", (socket) => {
    if (!socket.connecting) return;
    connecting = true;
    const timer = setTimeout(() => {
      onTimeout();
      sent.destroy(new Error("connect timeout"));
    }, CONNECT_TIMEOUT_MS);
    socket.once("connect", () => {
      connecting = false;
    });
    for (const event of ["connect", "close"])
      socket.once(event, () => {
        clearTimeout(timer);
      });
  });
  return () => connecting;
}
