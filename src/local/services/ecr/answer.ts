import type { IncomingMessage, ServerResponse } from "node:http";
import { arnOf, type Repository } from "./image-name";
import * as layers from "./layer-requests";
import * as manifests from "./manifest-requests";
import { RegistryError } from "./registry-error";
import type { Handler, Stores } from "./request";
import { routeOf } from "./route";
import { tokenIn, type Token } from "./token";

const HANDLERS: Readonly<Record<string, Handler>> = {
  "POST uploads": layers.beginUpload,
  "PATCH upload": layers.uploadPart,
  "PUT upload": layers.completeUpload,
  "DELETE upload": layers.giveUpUpload,
  "HEAD blob": layers.checkLayer,
  "GET blob": layers.readLayer,
  "PUT manifest": manifests.writeManifest,
  "HEAD manifest": manifests.readManifest,
  "GET manifest": manifests.readManifest,
  "GET tags": manifests.listTags,
};

/** Answers a request of the distribution protocol. @throws RegistryError for what is refused. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  stores: Stores,
): Promise<void> {
  response.setHeader("docker-distribution-api-version", "registry/2.0");
  const token = tokenIn(request.headers.authorization);
  if (!token) throw new RegistryError(401, "UNAUTHORIZED", "Not Authorized");
  const { method = "", url = "" } = request;
  const { pathname, searchParams: query } = new URL(url, "http://registry");
  const route = routeOf(pathname);
  if (!route) throw new RegistryError(404, "UNSUPPORTED", `the registry has no path ${pathname}`);
  if (route.kind === "base") {
    response.writeHead(200).end();
    return;
  }
  const handler = HANDLERS[`${method} ${route.kind}`];
  if (!handler) throw new RegistryError(405, "UNSUPPORTED", `${method} is not available for ${pathname}`);
  if (!["GET", "HEAD"].includes(method)) requireOwn(token, route.repository);
  await handler({ ...stores, ...route, request, response, query, token });
}

/** A token pushes to the repositories of its own account, and pulls from all. */
function requireOwn({ accessKeyId, account, roleArn }: Token, repository: Repository): void {
  if (account === repository.account) return;
  const action = "ecr:InitiateLayerUpload";
  throw new RegistryError(
    403,
    "DENIED",
    `User: ${roleArn ?? accessKeyId} is not authorized to perform: ${action} on resource: ${arnOf(repository)} because no resource-based policy allows the ${action} action`,
  );
}
