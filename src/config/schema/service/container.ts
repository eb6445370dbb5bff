import { z } from "zod";
import { secrets } from "../arns";
import { section } from "../section";
import { flag, mappingOf, oneOf, port, text, variables, whole } from "../values";

/** A container's name in a task definition. xray-daemon is the container that task.xray adds. */
const containerName = text(
  /^(?!xray-daemon$)[A-Za-z0-9_-]{1,255}$/,
  "a container name of at most 255 letters, digits, hyphens or underscores, other than xray-daemon",
);

/**
 * What a container waits for, by the name of another container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export const dependsOn = z.record(
  text(/^[A-Za-z0-9_-]{1,255}$/, "the name of a container"),
  oneOf(["START", "HEALTHY", "COMPLETE", "SUCCESS"]),
  "a mapping of containers to START, HEALTHY, COMPLETE or SUCCESS",
);

/** A registry's host and port, a path, and a tag or digest. */
const image = text(
  /^(?=.{1,255}$)[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9._-]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
  "an image such as public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
);

const argument = z
  .string("a text")
  .refine((value) => !value.includes("${TfToken["), "text without ${TfToken[, which cdktf reserves");

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const healthCheck = section(
  {
    command: z
      .array(argument, 'a list that starts with CMD or CMD-SHELL, such as [CMD-SHELL, "exit 0"]')
      .refine(
        ([form, ...rest]) => ["CMD", "CMD-SHELL"].includes(form ?? "") && rest.length > 0,
        'a list that starts with CMD or CMD-SHELL, such as [CMD-SHELL, "exit 0"]',
      ),
    intervalSeconds: whole(5, 300, "seconds").default(30),
    timeoutSeconds: whole(2, 60, "seconds").default(5),
    retries: whole(1, 10, "retries").default(3),
    startSeconds: whole(0, 300, "seconds")
      .default(0)
      .describe("Failures in the first seconds of the container do not count."),
  },
  "How ECS tests the container.",
);

const sidecar = section({
  image,
  essential: flag.default(false).describe("Whether the task stops when this container stops."),
  cpu: whole(2, 16384, "CPU units").optional().describe("Of the task's CPU units."),
  memory: whole(6, 122880, "MiB")
    .optional()
    .describe("MiB of the task's memory. The container is stopped if it uses more."),
  port: port.optional().describe("A TCP port. The containers of a task share one network."),
  variables: variables.default({}).describe("Environment variables."),
  secrets: secrets
    .default({})
    .describe("Environment variables from Secrets Manager or SSM, as in task.secrets."),
  command: z.array(argument, "a list of texts").min(1, "at least one text").optional(),
  healthCheck: healthCheck.optional(),
  dependsOn: dependsOn.default({}).describe("Containers that must be in a state before this one starts."),
});

export const sidecars = z.record(containerName, sidecar, mappingOf("sidecars"));
