import * as z from "zod";
import { isUnknown } from "../placeholders";

const text = z.string({ error: "a text in quotes" });
const number = z.custom<number | string>(
  (value) => typeof value === "number" || isUnknown(value),
  "a number without quotes",
);

const containerShape = z.looseObject({
  name: text,
  image: text,
  essential: z.boolean({ error: "true or false" }).default(true),
  cpu: number.optional(),
  memory: number.optional(),
  memoryReservation: number.optional(),
  portMappings: z
    .array(
      z.looseObject({ containerPort: number, hostPort: number.optional(), protocol: text.default("tcp") }),
    )
    .default([]),
  environment: z.array(z.looseObject({ name: text, value: text })).default([]),
  secrets: z.array(z.looseObject({ name: text, valueFrom: text })).default([]),
  repositoryCredentials: z.looseObject({ credentialsParameter: text }).optional(),
  dependsOn: z.array(z.looseObject({ containerName: text, condition: text })).default([]),
  logConfiguration: z
    .looseObject({
      logDriver: text,
      options: z.record(z.string(), text).default({}),
      secretOptions: z.array(z.looseObject({ name: text, valueFrom: text })).default([]),
    })
    .optional(),
});
export type Container = z.infer<typeof containerShape>;

/** What codeseries looks at of the input of RegisterTaskDefinition. */
export const taskDefinitionShape = z.looseObject({
  family: text,
  executionRoleArn: text.optional(),
  taskRoleArn: text.optional(),
  networkMode: text.optional(),
  requiresCompatibilities: z.array(text).default([]),
  cpu: text.optional(),
  memory: text.optional(),
  runtimePlatform: z
    .looseObject({ cpuArchitecture: text.optional(), operatingSystemFamily: text.optional() })
    .optional(),
  containerDefinitions: z.array(containerShape),
});
export type TaskDefinition = z.infer<typeof taskDefinitionShape>;
