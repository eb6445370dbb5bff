import { passTaskRoles, registerTasks } from "../../../src/constructs/iam/register-tasks";

const taskRoleArns = [
  "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
  "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
];

describe("passTaskRoles", () => {
  it("passes the task roles, and no other", () => {
    expect(passTaskRoles(taskRoleArns)).toMatchObject({ actions: ["iam:PassRole"], resources: taskRoleArns });
  });

  it("passes them to tasks, and to nothing else", () => {
    expect(passTaskRoles(taskRoleArns).condition).toEqual([
      { test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] },
    ]);
  });

  it("allows: it has no other effect", () => {
    expect(passTaskRoles(taskRoleArns)).not.toHaveProperty("effect");
  });
});

describe("registerTasks", () => {
  const family = "arn:aws:ecs:ap-northeast-2:558846431111:task-definition/bys-dev-td";
  const statements = registerTasks([family], taskRoleArns);

  it("registers task definitions, and tags them only then", () => {
    expect(statements.map(({ actions }) => actions)).toEqual([
      ["ecs:RegisterTaskDefinition"],
      ["ecs:TagResource"],
      ["iam:PassRole"],
    ]);
    expect(statements[1]).toMatchObject({
      resources: [`${family}:*`],
      condition: [{ variable: "ecs:CreateAction", values: ["RegisterTaskDefinition"] }],
    });
  });
});
