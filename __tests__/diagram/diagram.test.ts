import { diagramOf, type Diagram } from "../../src/diagram";
import { configFile, synthApp } from "../support/synth-app";

const drawn = (file: string) => diagramOf(synthApp(configFile(file)));

/** Edges as `CodePipeline awssdk-iam --release-> CodeDeploy …`, with == for one that crosses stacks. */
function edgesOf({ accounts, edges, outside }: Diagram): string[] {
  const nodes = [...outside, ...accounts.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.nodes))];
  const names = new Map(nodes.map(({ key, name, title }) => [key, `${title} ${name}`]));
  return edges.map(({ crosses, from, label, to }) => {
    const line = crosses ? "==" : "--";
    return `${names.get(from) ?? from} ${line}${label}${line}> ${names.get(to) ?? to}`;
  });
}

describe("the diagram of the shipped system", () => {
  const diagram = drawn("codeseries.yaml");

  it("has each account with its stacks and the resources of the chain", () => {
    const accounts = diagram.accounts.map(({ id, name, stacks }) => [
      `${name ?? ""} ${id}`,
      Object.fromEntries(stacks.map((stack) => [stack.name, stack.nodes.map(({ title }) => title)])),
    ]);
    expect(accounts).toEqual([
      [
        "shared 202949997891",
        { bootstrap: ["S3"], shared: ["CodePipeline", "CodeBuild", "CodeCommit", "S3"] },
      ],
      ["dev 558846431111", { dev: ["ECS service", "CodeDeploy", "ECR", "Load balancer", "Network"] }],
    ]);
  });

  it("leads from the repository to the service that runs, across the stacks", () => {
    expect(edgesOf(diagram).sort()).toEqual([
      "CodeBuild bys-shared-cdb-awssdk-iam-dev ==image==> ECR ecs/dev-awssdk-iam",
      "CodeCommit awssdk-iam --push--> CodePipeline bys-shared-cdpl-awssdk-iam-dev",
      "CodeDeploy bys-dev-cddpg-ecs-main-awssdk-iam --blue, green--> ECS service bys-dev-svc-awssdk-iam",
      "CodePipeline bys-shared-cdpl-awssdk-iam-dev --artifacts--> S3 bys-shared-s3-codeseries-awssdk-iam",
      "CodePipeline bys-shared-cdpl-awssdk-iam-dev --build--> CodeBuild bys-shared-cdb-awssdk-iam-dev",
      "CodePipeline bys-shared-cdpl-awssdk-iam-dev ==release==> CodeDeploy bys-dev-cddpg-ecs-main-awssdk-iam",
      "ECR ecs/dev-awssdk-iam --image--> ECS service bys-dev-svc-awssdk-iam",
      "Load balancer bys-dev-alb-main --requests--> ECS service bys-dev-svc-awssdk-iam",
      "Users of the internet --requests--> Load balancer bys-dev-alb-main",
    ]);
  });

  it("gives each resource to what it serves, so that a change of it can be shown there", () => {
    const nodes = diagram.accounts.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.nodes));
    const ownerOf = (part: string) =>
      nodes.find(({ addresses }) => addresses.some((one) => one.includes(part)))?.title;
    const owners = {
      "aws_lb_target_group.services_awssdk-iam_target-groups_green": "ECS service",
      "aws_lb_listener_rule.services_awssdk-iam_delivery_running_route_production": "ECS service",
      "aws_iam_role.services_awssdk-iam_delivery_running_roles_task-role": "ECS service",
      "aws_cloudwatch_metric_alarm.services_awssdk-iam_delivery_release_alarms_blue-errors": "CodeDeploy",
      "aws_iam_role_policy.services_awssdk-iam_delivery_release_deploy-role": "CodeDeploy",
      "aws_ecr_lifecycle_policy.services": "ECR",
      "aws_lb_listener.load-balancer_production-listener": "Load balancer",
      "aws_route_table.network_new_private-routes-0": "Network",
      "aws_cloudwatch_event_rule.services": "CodePipeline",
      "aws_iam_role.services_awssdk-iam_delivery_dev_build_role": "CodeBuild",
      "aws_kms_key.services": "S3",
    };
    expect(Object.fromEntries(Object.keys(owners).map((part) => [part, ownerOf(part)]))).toEqual(owners);
    expect(ownerOf("aws_iam_policy.operators")).toBeUndefined();
  });
});

describe("the diagram of three environments", () => {
  const edges = edgesOf(drawn("__tests__/fixtures/three-environments.yaml"));

  it("has a connected repository outside of the accounts, which starts all its pipelines", () => {
    expect(edges.filter((edge) => edge.startsWith("Connection acme/orders"))).toHaveLength(3);
  });

  it("gives each pipeline one build, one bucket and one deployment group", () => {
    for (const label of ["--build--", "--artifacts--", "==release=="]) {
      const from = edges.filter((edge) => edge.includes(label)).map((edge) => edge.split(" ")[1]);
      expect([label, new Set(from).size, from.length]).toEqual([label, 9, 9]);
    }
  });
});
