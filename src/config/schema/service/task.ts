import { z } from "zod";
import { keyArn, secrets } from "../arns";
import { policies } from "../policies";
import { section } from "../section";
import { flag, oneOf, text, variables, whole } from "../values";
import { dependsOn, sidecars } from "./container";

export const task = section(
  {
    architecture: oneOf(["x86_64", "arm64"])
      .default("x86_64")
      .describe("The processor of the tasks and of the build."),
    cpu: whole(256, 16384, "CPU units").default(256).describe("1024 units are one vCPU."),
    memory: whole(512, 122880, "MiB")
      .default(512)
      .describe("MiB; Fargate allows certain pairs of CPU and memory."),
    ephemeralStorageGiB: whole(21, 200, "GiB").optional().describe("Default: Fargate's 20 GiB."),
    stopTimeoutSeconds: whole(1, 120, "seconds")
      .optional()
      .describe("How long the container may take to stop after SIGTERM. Default: ECS's 30 seconds."),
    readonlyRootFilesystem: flag.default(false).describe("The container cannot write to its image's files."),
    user: text(
      /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/,
      'a user or user:group, by name or by number in quotes, such as "1000:1000"',
    )
      .optional()
      .describe("Default: the image's user."),
    nofile: whole(1, 1_048_576, "open files")
      .optional()
      .describe("The soft and the hard limit of open files. Default: Fargate's 65535."),
    desiredCount: whole(1, 5000, "tasks").optional().describe("Default: scaling.min, or 2 without scaling."),
    variables: variables.default({}).describe("Environment variables of the container."),
    secrets: secrets
      .default({})
      .describe(
        "Environment variables from Secrets Manager or SSM, of the environment's account and region.",
      ),
    crossAccountSecrets: flag
      .default(false)
      .describe(
        "Confirms secrets and keys of another account or region, whose policies must allow the execution role.",
      ),
    secretKeyArns: z
      .array(keyArn, "a list of KMS keys' ARNs")
      .refine((arns) => new Set(arns).size === arns.length, "different keys")
      .default([])
      .describe("Customer managed keys that encrypt these secrets and parameters."),
    policies: policies
      .default([])
      .describe("What the application may do in AWS: managed policies, and statements that allow."),
    exec: flag.default(false).describe("ECS Exec: a shell in the running container."),
    xray: flag.default(false).describe("An X-Ray daemon as a sidecar container."),
    sidecars: sidecars.default({}).describe("More containers of the task, by name."),
    dependsOn: dependsOn
      .default({})
      .describe("Sidecars that must be in a state before the service's container starts."),
  },
  "The Fargate task.",
);
