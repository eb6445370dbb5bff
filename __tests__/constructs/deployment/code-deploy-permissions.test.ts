import {
  codeDeployPermissions,
  type CodeDeployScope,
} from "../../../src/constructs/deployment/code-deploy-permissions";

const props: CodeDeployScope = {
  accountId: "558846431111",
  region: "ap-northeast-2",
  clusterName: "bys-dev-ecs-main",
  serviceName: "bys-dev-svc-awssdk-iam",
  loadBalancerName: "bys-dev-alb-main",
  taskRoleArns: [
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
  ],
  hookArns: [],
};
const hook = "arn:aws:lambda:ap-northeast-2:558846431111:function:bys-dev-smoke-test";

const build = (overrides: Partial<CodeDeployScope> = {}) => codeDeployPermissions({ ...props, ...overrides });

const actionsOf = (statements: ReturnType<typeof build>) => statements.flatMap(({ actions }) => actions);

describe("codeDeployPermissions", () => {
  it.each([
    {
      sid: "SwitchService",
      actions: ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
      resource: "arn:aws:ecs:ap-northeast-2:558846431111:service/bys-dev-ecs-main/bys-dev-svc-awssdk-iam",
    },
    {
      sid: "ReplaceTaskSets",
      actions: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"],
      resource: "arn:aws:ecs:ap-northeast-2:558846431111:task-set/bys-dev-ecs-main/bys-dev-svc-awssdk-iam/*",
    },
    {
      sid: "MoveTraffic",
      actions: ["elasticloadbalancing:ModifyListener"],
      resource: "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:listener/app/bys-dev-alb-main/*",
    },
    {
      sid: "MoveTrafficOfRules",
      actions: ["elasticloadbalancing:ModifyRule"],
      resource:
        "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:listener-rule/app/bys-dev-alb-main/*",
    },
    {
      sid: "WatchAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resource: "arn:aws:cloudwatch:ap-northeast-2:558846431111:alarm:*",
    },
  ])("does no more than it must to what it touches ($sid)", ({ sid, actions, resource }) => {
    expect(build()).toContainEqual({ sid, actions, resources: [resource] });
  });

  it("uses every resource only to look at load balancers", () => {
    const everywhere = build({ hookArns: [hook] }).filter(({ resources }) => resources?.includes("*"));
    expect(actionsOf(everywhere)).toEqual([
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeRules",
    ]);
  });

  it("passes the task roles to tasks, and no role to anything else", () => {
    expect(build().filter(({ actions }) => actions.some((action) => action.startsWith("iam:")))).toEqual([
      {
        sid: "PassTaskRoles",
        actions: ["iam:PassRole"],
        resources: props.taskRoleArns,
        condition: [
          { test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] },
        ],
      },
    ]);
  });

  it("invokes no function when there is no hook", () => {
    expect(actionsOf(build()).filter((action) => action.startsWith("lambda:"))).toEqual([]);
  });

  it("invokes the functions that test a release, each named once", () => {
    const other = "arn:aws:lambda:ap-northeast-2:558846431111:function:bys-dev-load-test";
    expect(build({ hookArns: [hook, other, hook] })).toContainEqual({
      sid: "RunHooks",
      actions: ["lambda:InvokeFunction"],
      resources: [hook, other],
    });
  });

  it("reads no artifact: the pipeline hands it the revision", () => {
    expect(actionsOf(build()).filter((action) => /^(s3|kms):/.test(action))).toEqual([]);
  });

  it("allows no action by a wildcard", () => {
    expect(actionsOf(build({ hookArns: [hook] })).filter((action) => action.includes("*"))).toEqual([]);
  });
});
