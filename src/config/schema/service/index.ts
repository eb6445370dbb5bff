import { z } from "zod";
import { deliveryNames } from "../names";
import { defaulted, overrides, section } from "../section";
import { branch, port as portNumber, text, whole } from "../values";
import { build } from "./build";
import { deployment } from "./deployment";
import { healthCheck } from "./health-check";
import { healthCheckPath, hosts, paths, priority } from "./route";
import { scaling } from "./scaling";
import { source } from "./source";
import { task } from "./task";

/** Keys that an environment can override. */
const overridable = {
  path: paths.describe(
    "One or a list. A path stands for itself and all paths below it, a pattern for what it matches. / without host is the listeners' default action.",
  ),
  host: hosts
    .optional()
    .describe("One or a list; {environment} in it is the environment's name. Default: any host."),
  priority: priority
    .optional()
    .describe("Of the first listener rule. Default: by host and path, then by the service's name."),
  healthCheckPath: healthCheckPath.describe("Answers when the container can serve requests."),
  healthCheck: defaulted(healthCheck),
  stickinessSeconds: whole(0, 604_800, "seconds")
    .default(0)
    .describe("How long the load balancer's cookie leads a client to the same task; 0: no cookie."),
  drainSeconds: whole(0, 3600, "seconds")
    .default(60)
    .describe("How long requests may take that a stopping task has begun."),
  build: defaulted(build),
  task: defaulted(task),
  scaling: scaling.optional(),
  deployment: defaulted(deployment),
};

const inEnvironment = section({
  branch: branch.optional().describe("A push to this branch is delivered, in place of the environment's."),
  ...overrides(section(overridable)).shape,
  names: deliveryNames.optional(),
});

export const service = section({
  source: source.prefault({}),
  port: portNumber.describe("The container's port."),
  version: text(/^[\w.+-]{1,64}$/, 'a version in quotes, such as "0.0.1"').default("0.0.1"),
  ...overridable,
  environments: z
    .record(
      z.string(),
      z.union([z.literal(false, "false, or a mapping of what differs in this environment"), inEnvironment]),
      "a mapping of environments",
    )
    .default({})
    .describe("What differs in one environment; false: the service is not delivered there."),
});
