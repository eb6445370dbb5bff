import { CodedeployDeploymentConfig } from "@cdktf/provider-aws/lib/codedeploy-deployment-config";
import { Construct } from "constructs";

export interface TrafficShiftProps {
  readonly deploymentConfigName: string;
  /** Canary: `percent` first, the rest after `minutes`. Linear: `percent` every `minutes`. */
  readonly kind: "canary" | "linear";
  readonly percent: number;
  readonly minutes: number;
}

/** A custom deployment configuration, in addition to those that CodeDeploy has for ECS. */
export class TrafficShift extends Construct {
  public readonly deploymentConfigName: string;

  constructor(scope: Construct, id: string, props: TrafficShiftProps) {
    super(scope, id);
    const step = { percentage: props.percent, interval: props.minutes };

    this.deploymentConfigName = new CodedeployDeploymentConfig(this, "config", {
      deploymentConfigName: props.deploymentConfigName,
      computePlatform: "ECS",
      trafficRoutingConfig:
        props.kind === "canary"
          ? { type: "TimeBasedCanary", timeBasedCanary: step }
          : { type: "TimeBasedLinear", timeBasedLinear: step },
      // The deployment group must use the new one before the old one can be deleted.
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }
}
