import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Construct } from "constructs";

export interface ClusterProps {
  readonly clusterName: string;
  /** Metrics of each task and container, at a price. */
  readonly containerInsights: boolean;
}

/** An ECS cluster. */
export class Cluster extends Construct {
  public readonly clusterName: string;
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);

    const cluster = new EcsCluster(this, "cluster", {
      name: props.clusterName,
      setting: [{ name: "containerInsights", value: props.containerInsights ? "enabled" : "disabled" }],
    });

    this.clusterName = cluster.name;
    this.arn = cluster.arn;
  }
}
