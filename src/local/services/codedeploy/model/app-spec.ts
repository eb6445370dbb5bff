import { parse } from "yaml";
import { DeploymentEnds, failure } from "./ending";
import type { EventName } from "./events";

/** How the task set of a release is made. */
export interface TaskSetProperties {
  readonly TaskDefinition: string;
  readonly LoadBalancerInfo: { readonly ContainerName: string; readonly ContainerPort: number };
  readonly PlatformVersion?: string;
  readonly NetworkConfiguration?: {
    readonly AwsvpcConfiguration?: {
      readonly Subnets?: string[];
      readonly SecurityGroups?: string[];
      readonly AssignPublicIp?: "ENABLED" | "DISABLED";
    };
  };
  readonly CapacityProviderStrategy?: readonly {
    readonly CapacityProvider: string;
    readonly Base?: number;
    readonly Weight?: number;
  }[];
}

export interface AppSpec {
  readonly properties: TaskSetProperties;
  /** The name or ARN of the Lambda function of each event. */
  readonly hooks: Readonly<Partial<Record<EventName, string>>>;
}

/** Nothing of a file is sure to be there. */
type Properties = Partial<Omit<TaskSetProperties, "LoadBalancerInfo">> & {
  readonly LoadBalancerInfo?: Partial<TaskSetProperties["LoadBalancerInfo"]>;
};

interface File {
  readonly Resources?: readonly Readonly<Record<string, { readonly Properties?: Properties } | null>>[];
  readonly Hooks?: readonly Readonly<Partial<Record<EventName, string>>>[];
}

const invalid = (reason: string) =>
  new DeploymentEnds(failure("INVALID_REVISION", `The AppSpec file is invalid: ${reason}`));

function fileFrom(text: string): File {
  try {
    return (parse(text) as File | null) ?? {};
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/**
 * An AppSpec file for ECS, YAML or JSON.
 *
 * @throws DeploymentEnds if it lacks what a task set needs.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function readAppSpec(text: string): AppSpec {
  const file = fileFrom(text);
  const properties = Object.values(file.Resources?.[0] ?? {})[0]?.Properties;
  const { LoadBalancerInfo, TaskDefinition } = properties ?? {};
  if (TaskDefinition === undefined) throw invalid("TaskDefinition is missing");
  const { ContainerName, ContainerPort } = LoadBalancerInfo ?? {};
  if (ContainerName === undefined || ContainerPort === undefined)
    throw invalid("LoadBalancerInfo needs ContainerName and ContainerPort");
  return {
    properties: { ...properties, TaskDefinition, LoadBalancerInfo: { ContainerName, ContainerPort } },
    hooks: Object.assign({}, ...(file.Hooks ?? [])) as AppSpec["hooks"],
  };
}
