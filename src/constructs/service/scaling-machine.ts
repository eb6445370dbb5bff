/** A service whose scaling stops while CodeDeploy releases it. */
export interface PausedService {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly clusterName: string;
  readonly serviceName: string;
}

/** CodeDeploy lists a deployment with its new status a little after it has sent the event. */
const SETTLE_SECONDS = 30;
const TIMEOUT_SECONDS = 900;

/** Statuses of a deployment that has not ended. */
const IN_FLIGHT = ["Created", "Queued", "InProgress", "Baking", "Ready"];

/** Throttling, or an AWS service that is away. The other services of the same execution are done by then. */
const RETRY = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }];

/**
 * A state machine in Amazon States Language: of each service it looks for deployments in flight, and suspends
 * scaling if there are some, or resumes it if there are none. It reads neither the event that started it nor
 * the present state of scaling, so that it may run at any time, and as often as wanted.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html
 */
export const scalingMachine = (services: readonly PausedService[]): string =>
  JSON.stringify({
    Comment: "Suspends the scaling of ECS services while CodeDeploy releases them",
    QueryLanguage: "JSONata",
    TimeoutSeconds: TIMEOUT_SECONDS,
    StartAt: "Settle",
    States: {
      Settle: { Type: "Wait", Seconds: SETTLE_SECONDS, Next: "Services" },
      Services: {
        Type: "Map",
        Items: services.map(({ applicationName, clusterName, deploymentGroupName, serviceName }) => ({
          application: applicationName,
          deploymentGroup: deploymentGroupName,
          resourceId: `service/${clusterName}/${serviceName}`,
        })),
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "FindDeployments",
          States: { FindDeployments: FIND_DEPLOYMENTS, SetScaling: SET_SCALING },
        },
        End: true,
      },
    },
  });

const FIND_DEPLOYMENTS = {
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:codedeploy:listDeployments",
  Arguments: {
    ApplicationName: "{% $states.input.application %}",
    DeploymentGroupName: "{% $states.input.deploymentGroup %}",
    IncludeOnlyStatuses: IN_FLIGHT,
  },
  Output: {
    resourceId: "{% $states.input.resourceId %}",
    suspended: "{% $exists($states.result.Deployments[0]) %}",
  },
  Retry: RETRY,
  Next: "SetScaling",
};

const SET_SCALING = {
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:applicationautoscaling:registerScalableTarget",
  Arguments: {
    ServiceNamespace: "ecs",
    ScalableDimension: "ecs:service:DesiredCount",
    ResourceId: "{% $states.input.resourceId %}",
    SuspendedState: {
      DynamicScalingInSuspended: "{% $states.input.suspended %}",
      DynamicScalingOutSuspended: "{% $states.input.suspended %}",
      ScheduledScalingSuspended: "{% $states.input.suspended %}",
    },
  },
  Retry: RETRY,
  End: true,
};
