import { appendFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import type { Call } from "../../../aws/recorded-calls";
import { variable } from "../../../process/variable";
import { assumedRoleArn } from "../../../system/arns";
import { EMBEDDED_ROLE } from "../../emulator/emulator";
import { HOST } from "../../emulator/port";
import { CALLS, type Embedded } from "../../reconcile/embedded";
import { portFor } from "../../reconcile/ports";
import { answer } from "./answer";
import { Blobs, ECR_LAYER_LIMIT } from "./blobs";
import { Images } from "./images";
import type { RegistryError } from "./registry-error";
import { nameUnknown, asRegistryError } from "./registry-error";
import type { Repository } from "./image-name";

/** MiB that a layer may have. @default - ECR's quota */
const LIMIT_VARIABLE = "CODESERIES_LOCAL_LAYER_MIB";

/** A registry that is running. */
export interface Registry {
  readonly port: number;
  /** Ends it, with the uploads that are going on. */
  close(): Promise<void>;
}

/**
 * Starts the registry of every account and region on a port of 127.0.0.1. Its images are those of moto's ECR; layers
 * are in `.local/registry`. Its calls are recorded as calls of the role that has logged in.
 *
 * @throws Failure if the port cannot be used.
 */
export async function startRegistry(embedded: Embedded): Promise<Registry> {
  const mib = Number(variable(process.env, LIMIT_VARIABLE) ?? ECR_LAYER_LIMIT / 2 ** 20);
  const record = (call: Call) => {
    appendFileSync(embedded.file(CALLS), `${JSON.stringify(call)}\n`);
  };
  const place = ({ account, region }: Repository) => ({ accountId: account, region });
  const serviceOf = (repository: Repository) => {
    const roleArn = assumedRoleArn(repository.account, EMBEDDED_ROLE);
    return embedded.clients.credentialsOf({ roleArn, sessionName: "ecr" }, repository.region);
  };
  const stores = {
    blobs: new Blobs(embedded.file("registry"), mib * 2 ** 20),
    images: new Images(embedded.endpoint, serviceOf, record),
    record,
    requireRepository: async (repository: Repository) => {
      const ecr = embedded.clients.asService(ECRClient, place(repository));
      const command = new DescribeRepositoriesCommand({ repositoryNames: [repository.name] });
      await ecr.send(command).catch((error: unknown) => {
        throw (error as Error).name === "RepositoryNotFoundException" ? nameUnknown(repository) : error;
      });
    },
  };
  const server = createServer((request, response) => {
    answer(request, response, stores).catch((error: unknown) => {
      const refused = asRegistryError(error);
      if (refused.status >= 500)
        embedded.say("registry", `${request.method ?? ""} ${request.url ?? ""}: ${refused.message}`);
      refuse(request, response, refused);
    });
  });
  // A layer may take as long as it takes.
  server.requestTimeout = 0;
  const port = await portFor("registry");
  server.listen(port, HOST);
  await once(server, "listening");
  return { port, close: () => close(server) };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: RegistryError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a body that is not wanted is not read.
  if (!request.complete) response.setHeader("connection", "close");
  const login =
    error.status === 401 ? { "www-authenticate": 'Basic realm="ECR",service="ecr.amazonaws.com"' } : {};
  response.writeHead(error.status, { "content-type": "application/json", ...login });
  response.end(request.method === "HEAD" ? "" : error.body);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
