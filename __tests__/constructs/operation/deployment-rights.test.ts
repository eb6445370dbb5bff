import { deploymentRights } from "../../../src/constructs/operation/deployment-rights";

const service = (name: string) => ({
  applicationArn: `arn:application:${name}`,
  deploymentGroupArn: `arn:group:${name}`,
  deploymentConfigArn: "arn:config",
  serviceArn: `arn:service:${name}`,
  containerRepositoryArn: `arn:images:${name}`,
  logGroupArn: `arn:logs:${name}`,
  taskDefinitionArn: `arn:tasks:${name}`,
  taskRoleArns: [`arn:execution:${name}`, `arn:task:${name}`],
});
const cluster = {
  accountId: "111111111111",
  region: "eu-west-1",
  clusterName: "main",
  eventLogGroupArn: "arn:events",
};
const rights = (of: "read" | "operate") => deploymentRights([service("shop"), service("api")], cluster, of);

/** The actions on a resource. */
const on = (of: "read" | "operate", resource: string) =>
  rights(of)
    .filter(({ resources }) => resources?.includes(resource))
    .flatMap(({ actions }) => actions);

describe("the rights on deployments", () => {
  it("only read, for readers", () => {
    const actions = rights("read").flatMap((one) => one.actions);
    expect(actions.filter((one) => !/:(Get|List|Describe|BatchGet|Filter)/.test(one))).toEqual([]);
  });

  it("start and stop deployments of the services' own groups, for operators", () => {
    expect(on("operate", "arn:group:api")).toContain("codedeploy:CreateDeployment");
    expect(on("operate", "arn:application:api")).toContain("codedeploy:RegisterApplicationRevision");
    expect(on("operate", "arn:config")).toEqual(["codedeploy:GetDeploymentConfig"]);
    expect(on("operate", "*")).toEqual(
      expect.arrayContaining(["codedeploy:StopDeployment", "ecs:RegisterTaskDefinition"]),
    );
  });

  it("pass the services' own roles to tasks, for operators", () => {
    const [pass] = rights("operate").filter(({ actions }) => actions.includes("iam:PassRole"));
    expect(pass?.resources).toEqual([
      "arn:execution:shop",
      "arn:task:shop",
      "arn:execution:api",
      "arn:task:api",
    ]);
    expect(pass?.condition).toMatchObject([{ values: ["ecs-tasks.amazonaws.com"] }]);
  });

  it("find tasks of one cluster only", () => {
    const [find] = rights("read").filter(({ actions }) => actions.includes("ecs:ListTasks"));
    expect(find?.condition).toMatchObject([
      { variable: "ecs:cluster", values: ["arn:aws:ecs:eu-west-1:111111111111:cluster/main"] },
    ]);
    expect(on("read", "arn:aws:ecs:eu-west-1:111111111111:task/main/*")).toEqual(["ecs:DescribeTasks"]);
  });

  it("name everything only for actions without a resource", () => {
    const everywhere = rights("operate").filter(({ resources }) => resources?.includes("*"));
    expect(everywhere.map(({ sid }) => sid)).toEqual([
      "OperateDeployments",
      "RegisterTaskDefinition",
      "FindTasks",
      "SeeAccount",
    ]);
  });
});
