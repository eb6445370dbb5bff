import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { TerraformOutput } from "cdktf";
import { Cluster, type ClusterProps } from "../../../src/constructs/service/cluster";
import { synth, theOnly } from "../../support/synth";

const props: ClusterProps = { clusterName: "bys-dev-ecs-main" };

const stack = synth((scope) => {
  const { arn, clusterName } = new Cluster(scope, "cluster", props);
  new TerraformOutput(scope, "handed-on", { value: [clusterName, arn], staticId: true });
});

describe("Cluster", () => {
  it("has the name it is given", () => {
    expect(theOnly(stack, EcsCluster).name).toBe("bys-dev-ecs-main");
  });

  it("watches its containers", () => {
    expect(theOnly(stack, EcsCluster).setting).toEqual([{ name: "containerInsights", value: "enabled" }]);
  });

  it("hands on name and ARN as references, so that whoever uses them waits for it", () => {
    expect(stack.output?.["handed-on"]?.value).toEqual([
      expect.stringMatching(/^\$\{aws_ecs_cluster\.cluster_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_ecs_cluster\.cluster_\w+\.arn\}$/),
    ]);
  });
});
