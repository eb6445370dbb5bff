import { CodedeployDeploymentConfig } from "@cdktf/provider-aws/lib/codedeploy-deployment-config";
import { Construct } from "constructs";

export interface TrafficShiftProps {
  readonly deploymentConfigName: string;
  /** Canary: this part first, the rest after the minutes. Linear: this part every so many minutes. */
  readonly kind: "canary" | "linear";
  readonly percent: number;
  readonly minutes: number;
}

/** A deployment configuration of our own, beside those that CodeDeploy has for ECS. */
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
      // The deployment group must let go of the old one before it can be deleted.
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }
}
