import { RegisterTaskDefinitionRequest$ } from "@aws-sdk/client-ecs";
import { NormalizedSchema } from "@smithy/core/schema";

/**
 * What a value has that the input of RegisterTaskDefinition does not have, or has with another type, each as
 * `path: what is wrong`. The model of the AWS SDK knows the keys and the types.
 */
export const refusedByEcs = (taskDefinition: unknown): string[] =>
  refused(NormalizedSchema.of(RegisterTaskDefinitionRequest$), taskDefinition, "");

function refused(schema: NormalizedSchema, value: unknown, at: string): string[] {
  if (schema.isStructSchema()) {
    if (!isMapping(value)) return [`${at}: not a structure`];
    const members = new Map(schema.structIterator());
    return Object.entries(value).flatMap(([key, inner]) => {
      const member = members.get(key);
      return member === undefined ? [`${at}.${key}: unknown`] : refused(member, inner, `${at}.${key}`);
    });
  }
  if (schema.isListSchema())
    return Array.isArray(value)
      ? value.flatMap((inner, index) => refused(schema.getValueSchema(), inner, `${at}.${index}`))
      : [`${at}: not a list`];
  if (schema.isMapSchema())
    return isMapping(value)
      ? Object.entries(value).flatMap(([key, inner]) =>
          refused(schema.getValueSchema(), inner, `${at}.${key}`),
        )
      : [`${at}: not a mapping`];
  const expected = schema.isStringSchema()
    ? "string"
    : schema.isNumericSchema()
      ? "number"
      : schema.isBooleanSchema()
        ? "boolean"
        : "nothing that is known here";
  return typeof value === expected ? [] : [`${at}: not a ${expected}`];
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What an AppSpec file of ECS has that CodeDeploy's documentation does not.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure.html
 */
export function refusedByCodeDeploy(appSpec: unknown): string[] {
  const { Hooks: hooks = [], Resources: resources, version, ...more } = appSpec as Record<string, unknown>;
  const faults = Object.keys(more).map((key) => `${key}: unknown`);
  if (version !== 0) faults.push(`version: ${String(version)}`);
  const [service, ...others] = resources as { TargetService?: { Type?: string; Properties?: object } }[];
  if (others.length > 0 || service?.TargetService?.Type !== "AWS::ECS::Service")
    faults.push("Resources: not one AWS::ECS::Service");
  const properties = (service?.TargetService?.Properties ?? {}) as Record<string, unknown>;
  const { LoadBalancerInfo: info, TaskDefinition: definition, ...rest } = properties;
  faults.push(...Object.keys(rest).map((key) => `Properties.${key}: unexpected`));
  if (typeof definition !== "string") faults.push("TaskDefinition: not a text");
  const { ContainerName: name, ContainerPort: port } = (info ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || typeof port !== "number") faults.push("LoadBalancerInfo: incomplete");
  const named = (hooks as Record<string, unknown>[]).flatMap((hook) => Object.entries(hook));
  return [
    ...faults,
    ...named
      .filter(([hook, arn]) => !HOOKS.includes(hook) || typeof arn !== "string")
      .map(([hook]) => `Hooks.${hook}: unknown`),
  ];
}

const HOOKS = [
  "BeforeInstall",
  "AfterInstall",
  "AfterAllowTestTraffic",
  "BeforeAllowTraffic",
  "AfterAllowTraffic",
];
