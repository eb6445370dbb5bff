import { passTaskRoles } from "../../../src/constructs/deployment/pass-task-roles";

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
