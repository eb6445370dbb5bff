import { parse } from "yaml";
import { statementsOf } from "../../support/synth";
import { everyDelivery, theOne } from "../../support/wired-systems";

interface TaskDefinition {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly containerDefinitions: readonly Container[];
}
interface Container {
  readonly name: string;
  readonly portMappings?: readonly { containerPort: number }[];
}
interface AppSpec {
  readonly Resources: readonly { TargetService: { Properties: { LoadBalancerInfo: object } } }[];
}

describe.each(everyDelivery)("a release of $title", ({ delivery, resources }) => {
  const { account, arns, names, shared } = delivery;
  const inEnvironment = (type: string, by: string, value: string) =>
    theOne(resources, account.id, type, by, value).block;
  const contentOf = (file: string) =>
    resources
      .filter(({ block, type }) => type === "aws_s3_object" && block.bucket === names.artifactBucket)
      .filter(({ block }) => block.key === `delivery/${file}`)
      .map(({ block }) => String(block.content))
      .join();
  const taskDefinition = JSON.parse(contentOf("taskdef.json")) as TaskDefinition;
  const { Resources } = parse(contentOf("appspec.yml")) as AppSpec;
  const project = theOne(resources, shared.id, "aws_codebuild_project", "name", names.buildProject).block;

  it("passes exactly the roles that its task definition names", () => {
    const roles = [taskDefinition.executionRoleArn, taskDefinition.taskRoleArn];
    expect(roles).toEqual([arns.roles.execution, arns.roles.task]);
    const passed = resources
      .filter(({ accountId, type }) => accountId === account.id && type === "aws_iam_role_policy")
      .filter(({ block }) => [names.deployRole, names.codeDeployRole].includes(String(block.role)))
      .flatMap(({ block }) => statementsOf(String(block.policy)))
      .filter(({ actions }) => actions.includes("iam:PassRole"));
    expect(passed).toHaveLength(2);
    for (const { condition, resources: targets } of passed) {
      expect(targets).toEqual(roles);
      expect(condition).toEqual([
        { test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] },
      ]);
    }
  });

  it("has one container name and one port in the placeholder, the service and both files", () => {
    const [own] = taskDefinition.containerDefinitions;
    const name = own?.name;
    const port = own?.portMappings?.[0]?.containerPort;
    expect([name, port]).toEqual([delivery.service.name, delivery.settings.port]);
    const { container_definitions: json } = inEnvironment(
      "aws_ecs_task_definition",
      "family",
      names.taskFamily,
    );
    const [first] = JSON.parse(String(json)) as Container[];
    expect([first?.name, first?.portMappings?.[0]?.containerPort]).toEqual([name, port]);
    expect(inEnvironment("aws_ecs_service", "name", names.service).load_balancer).toMatchObject([
      { container_name: name, container_port: port },
    ]);
    expect(Resources.map((one) => one.TargetService.Properties.LoadBalancerInfo)).toEqual([
      { ContainerName: name, ContainerPort: port },
    ]);
  });

  it("has each placeholder once, and no other", () => {
    expect(contentOf("taskdef.json").match(/<[^<>]*>/g)).toEqual(["<IMAGE1_NAME>"]);
    expect(contentOf("appspec.yml").match(/<[^<>]*>/g)).toEqual(["<TASK_DEFINITION>"]);
  });

  it("has nothing of the seed's files that does not work", () => {
    const { buildspec } = project.source as { buildspec: string };
    const text = [contentOf("taskdef.json"), contentOf("appspec.yml"), buildspec].join("\n");
    expect(text).not.toMatch(/get-login |:latest|:backup|TD_REVISION|cahce|111122222-/);
  });

  it("starts with an expiry rule for nothing in the folder of its files", () => {
    const { rule } = theOne(
      resources,
      shared.id,
      "aws_s3_bucket_lifecycle_configuration",
      "bucket",
      names.artifactBucket,
    ).block as { rule: readonly { expiration?: object; filter: readonly { prefix: string }[] }[] };
    const prefixes = rule
      .filter(({ expiration }) => expiration !== undefined)
      .flatMap(({ filter }) => filter.map(({ prefix }) => prefix));
    expect(prefixes).toHaveLength(3);
    for (const file of ["delivery/taskdef.json", "delivery/appspec.yml"])
      expect(prefixes.filter((prefix) => file.startsWith(prefix))).toEqual([]);
  });
});
