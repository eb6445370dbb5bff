import { createServer } from "node:http";
import process from "node:process";

const server = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(`${JSON.stringify({ status: "ok", path: request.url })}\n`);
});
server.listen(Number(process.env.PORT ?? 8080));

// ECS sends it before it stops a container: requests that have begun are answered.
process.on("SIGTERM", () => server.close());
