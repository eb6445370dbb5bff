import { configFile, synthApp } from "../support/synth-app";

const { dev } = synthApp(configFile("codeseries.yaml"));
const valueOf = (output: string) => dev?.output?.[output]?.value as Record<string, unknown> | string;
const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.\\S+\\.${attribute}\\}$`)) as string;

describe("an environment's outputs for its neighbors", () => {
  it("have the network, with the ids of its subnets", () => {
    expect(valueOf("vpc_id")).toEqual(reference("aws_vpc", "id"));
    const subnet = reference("aws_subnet", "id");
    expect(valueOf("subnet_ids")).toEqual({ public: [subnet, subnet], private: [subnet, subnet] });
  });

  it("have the listeners", () => {
    const arn = reference("aws_lb_listener", "arn");
    expect(valueOf("listener_arns")).toEqual({ production: arn, test: arn });
  });

  it("have what the tasks of each service are", () => {
    expect(valueOf("task_security_group_ids")).toEqual({
      "awssdk-iam": reference("aws_security_group", "id"),
    });
    expect(valueOf("task_role_arns")).toEqual({ "awssdk-iam": reference("aws_iam_role", "arn") });
    expect(valueOf("task_role_names")).toEqual({ "awssdk-iam": "bys-dev-iam-awssdk-iam-ecs-task-role" });
    expect(valueOf("log_group_names")).toEqual({ "awssdk-iam": "/ecs/bys-dev-awssdk-iam" });
  });
});
