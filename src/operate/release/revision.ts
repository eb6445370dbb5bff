import { GetApplicationRevisionCommand, type DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";

const properties = z.looseObject({
  TaskDefinition: z.string(),
  LoadBalancerInfo: z.looseObject({ ContainerName: z.string(), ContainerPort: z.coerce.number() }),
});
const shape = z.looseObject({
  Resources: z.tuple([z.looseObject({ TargetService: z.looseObject({ Properties: properties }) })]),
});

/** The AppSpec of a deployment, as far as commands need it. */
export interface Revision {
  readonly taskDefinition: string;
  readonly containerName: string;
  readonly port: number;
  /** The AppSpec as YAML, with another task definition. */
  with(taskDefinition: string): string;
}

/** @throws Failure if the content is no AppSpec of an ECS service. @param place Where it comes from. */
export function revisionIn(content: string, place: string): Revision {
  // JSON is YAML. CodeDeploy accepts both, and keys in another case.
  const read = shape.safeParse(withCapitals(parseOf(content)));
  if (!read.success)
    throw new Failure(
      `${place}: expected an AppSpec of an ECS service, got ${JSON.stringify(content.slice(0, 80))}`,
    );
  const { data } = read;
  const { Properties } = data.Resources[0].TargetService;
  return {
    taskDefinition: Properties.TaskDefinition,
    containerName: Properties.LoadBalancerInfo.ContainerName,
    port: Properties.LoadBalancerInfo.ContainerPort,
    with: (taskDefinition) => {
      const changed = structuredClone(data);
      changed.Resources[0].TargetService.Properties.TaskDefinition = taskDefinition;
      return stringify({ version: 0, ...changed }, { lineWidth: 0 }).replace(/^version: 0$/m, "version: 0.0");
    },
  };
}

function parseOf(content: string): unknown {
  try {
    return parse(content);
  } catch {
    return undefined;
  }
}

/** Keys begin with a capital letter, except `version`. */
function withCapitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCapitals);
  if (typeof value !== "object" || value === null) return value;
  const capital = (key: string) => (key === "version" ? key : key.charAt(0).toUpperCase() + key.slice(1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [capital(key), withCapitals(inner)]));
}

/** The revision of a deployment. GetDeployment does not return its content. */
export async function readRevision(
  { codedeploy }: EnvironmentClients,
  { names }: Delivery,
  { deploymentId = "", revision }: DeploymentInfo,
): Promise<Revision> {
  const applicationName = names.codeDeployApplication;
  const found = await codedeploy.send(new GetApplicationRevisionCommand({ applicationName, revision }));
  return revisionIn(found.revision?.appSpecContent?.content ?? "", `the revision of ${deploymentId}`);
}
