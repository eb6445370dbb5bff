import { stringify } from "yaml";

/** The events of a deployment that can call a Lambda function, in their order. */
export const HOOKS = [
  "beforeInstall",
  "afterInstall",
  "afterAllowTestTraffic",
  "beforeAllowTraffic",
  "afterAllowTraffic",
] as const;

export interface AppSpecProps {
  readonly containerName: string;
  readonly port: number;
  /** ARNs of Lambda functions. */
  readonly hooks: { readonly [Hook in (typeof HOOKS)[number]]?: string };
}

/** The deploy action replaces it with the ARN of the revision that it registers. */
export const TASK_DEFINITION_PLACEHOLDER = "<TASK_DEFINITION>";

/**
 * What CodeDeploy does in a release: which container gets the traffic, and which functions test it. Without a
 * platform version and a network, tasks keep the service's.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function appSpec({ containerName, hooks, port }: AppSpecProps) {
  const named = HOOKS.flatMap((hook) => {
    const arn = hooks[hook];
    return arn === undefined ? [] : [{ [hook.charAt(0).toUpperCase() + hook.slice(1)]: arn }];
  });
  return {
    Resources: [
      {
        TargetService: {
          Type: "AWS::ECS::Service",
          Properties: {
            TaskDefinition: TASK_DEFINITION_PLACEHOLDER,
            LoadBalancerInfo: { ContainerName: containerName, ContainerPort: port },
          },
        },
      },
    ],
    ...(named.length > 0 && { Hooks: named }),
  };
}

/** The same as a file. Its version is a number with one decimal place, which is the only one that exists. */
export const appSpecFile = (props: AppSpecProps) =>
  `version: 0.0\n${stringify(appSpec(props), { lineWidth: 0 })}`;
