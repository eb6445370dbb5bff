// The application of a rehearsal: it passes its health check, and answers every other request with its version.
const { createServer } = require("node:http");

const { failure, healthPath, healthStatus, ports, version } = require("/rehearsal.json");

if (failure === "crash") {
  console.error("The rehearsal ends this task.");
  process.exit(1);
}

function statusOf(path) {
  if (path === healthPath) return failure === "unhealthy" ? 500 : healthStatus;
  return failure === "5xx" ? 500 : 200;
}

const server = (request, response) => {
  const [path] = request.url.split("?");
  response.writeHead(statusOf(path), { "content-type": "text/plain", "x-version": version });
  response.end(`version ${version}\n`);
};
for (const port of ports) createServer({ keepAliveTimeout: 75_000 }, server).listen(port);
process.on("SIGTERM", () => process.exit(0));
