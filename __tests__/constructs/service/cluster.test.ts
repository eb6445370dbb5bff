import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { TerraformOutput } from "cdktf";
import { Cluster, type ClusterProps } from "../../../src/constructs/service/cluster";
import { synth, theOnly } from "../../support/synth";

const props: ClusterProps = { clusterName: "bys-dev-ecs-main", containerInsights: false };

const build = (overrides: Partial<ClusterProps> = {}) =>
  synth((scope) => {
    const { arn, clusterName } = new Cluster(scope, "cluster", { ...props, ...overrides });
    new TerraformOutput(scope, "handed-on", { value: [clusterName, arn], staticId: true });
  });

const stack = build();

describe("Cluster", () => {
  it("has the name it is given", () => {
    expect(theOnly(stack, EcsCluster).name).toBe("bys-dev-ecs-main");
  });

  it.each([
    [true, "enabled"],
    [false, "disabled"],
  ])("watches its containers if it is told so: %s", (containerInsights, value) => {
    const { setting } = theOnly(build({ containerInsights }), EcsCluster);
    expect(setting).toEqual([{ name: "containerInsights", value }]);
  });

  it("hands on name and ARN as references, so that whoever uses them waits for it", () => {
    expect(stack.output?.["handed-on"]?.value).toEqual([
      expect.stringMatching(/^\$\{aws_ecs_cluster\.cluster_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_ecs_cluster\.cluster_\w+\.arn\}$/),
    ]);
  });
});
