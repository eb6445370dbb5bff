import { placeholder } from "../../src/delivery/placeholder";
import {
  taskDefinition,
  taskDefinitionFile,
  type TaskDefinitionProps,
} from "../../src/delivery/task-definition";
import { refusedByEcs } from "../support/api-model";

const secret = "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:dev/db-Ab1Cd2:password::";
const props: TaskDefinitionProps = {
  family: "bys-dev-td-awssdk-iam",
  executionRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
  taskRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
  cpu: 512,
  memory: 1024,
  architecture: "x86_64",
  container: {
    name: "awssdk-iam",
    port: 10012,
    variables: { LOG_LEVEL: "info" },
    logs: { group: "/ecs/bys-dev-awssdk-iam", region: "ap-northeast-2" },
    exec: false,
  },
  secrets: { DB_PASSWORD: secret },
  dependsOn: {},
  sidecars: {},
  xray: false,
};

/** A task definition with everything that it can have. */
const full: TaskDefinitionProps = {
  ...props,
  container: { ...props.container, exec: true },
  dependsOn: { otel: "HEALTHY" },
  sidecars: {
    otel: {
      image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
      essential: true,
      cpu: 64,
      memory: 128,
      port: 4317,
      variables: { OTEL: "x" },
      secrets: { KEY: "arn:aws:ssm:ap-northeast-2:558846431111:parameter/otel" },
      command: ["--config", "/etc/otel.yaml"],
      healthCheck: {
        command: ["CMD", "/healthcheck"],
        intervalSeconds: 10,
        timeoutSeconds: 2,
        retries: 3,
        startSeconds: 5,
      },
      dependsOn: { migrate: "SUCCESS" },
    },
    migrate: { image: "busybox:1.36.1", essential: false, variables: {}, secrets: {}, dependsOn: {} },
  },
  xray: true,
  ephemeralStorageGiB: 100,
  process: { readonlyRootFilesystem: true, stopTimeoutSeconds: 120, user: "1000:1000", nofile: 4096 },
};

const logs = (prefix: string) => ({
  logDriver: "awslogs",
  options: {
    "awslogs-group": "/ecs/bys-dev-awssdk-iam",
    "awslogs-region": "ap-northeast-2",
    "awslogs-stream-prefix": prefix,
  },
});

describe("a task definition", () => {
  it("has the storage of the task, and what the service's process runs with, for its container alone", () => {
    const { containerDefinitions, ephemeralStorage } = taskDefinition(full);
    expect(ephemeralStorage).toEqual({ sizeInGiB: 100 });
    const [own, ...others] = containerDefinitions;
    expect(own).toMatchObject({
      stopTimeout: 120,
      readonlyRootFilesystem: true,
      user: "1000:1000",
      ulimits: [{ name: "nofile", softLimit: 4096, hardLimit: 4096 }],
    });
    expect(
      JSON.stringify([...others, ...placeholder({ container: full.container, healthCheckPath: "/" })]),
    ).not.toMatch(/stopTimeout|readonlyRoot|"user"|ulimits/);
  });

  it("has what the configuration says, and the image of the build", () => {
    expect(taskDefinition(props)).toEqual({
      family: "bys-dev-td-awssdk-iam",
      executionRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
      taskRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "512",
      memory: "1024",
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      containerDefinitions: [
        {
          name: "awssdk-iam",
          image: "<IMAGE1_NAME>",
          essential: true,
          portMappings: [{ containerPort: 10012, hostPort: 10012, protocol: "tcp" }],
          environment: [{ name: "LOG_LEVEL", value: "info" }],
          secrets: [{ name: "DB_PASSWORD", valueFrom: secret }],
          logConfiguration: logs("app"),
        },
      ],
    });
  });

  it("runs sidecars and the X-Ray daemon next to the service's container", () => {
    const [service, ...others] = taskDefinition(full).containerDefinitions;
    expect(service).toMatchObject({
      name: "awssdk-iam",
      linuxParameters: { initProcessEnabled: true },
      dependsOn: [{ containerName: "otel", condition: "HEALTHY" }],
    });
    expect(others).toEqual([
      {
        name: "otel",
        image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
        essential: true,
        cpu: 64,
        memory: 128,
        command: ["--config", "/etc/otel.yaml"],
        portMappings: [{ containerPort: 4317, hostPort: 4317, protocol: "tcp" }],
        environment: [{ name: "OTEL", value: "x" }],
        secrets: [{ name: "KEY", valueFrom: "arn:aws:ssm:ap-northeast-2:558846431111:parameter/otel" }],
        healthCheck: {
          command: ["CMD", "/healthcheck"],
          interval: 10,
          timeout: 2,
          retries: 3,
          startPeriod: 5,
        },
        dependsOn: [{ containerName: "migrate", condition: "SUCCESS" }],
        logConfiguration: logs("otel"),
      },
      {
        name: "migrate",
        image: "busybox:1.36.1",
        essential: false,
        environment: [],
        logConfiguration: logs("migrate"),
      },
      {
        name: "xray-daemon",
        image: "public.ecr.aws/xray/aws-xray-daemon:3.3.13",
        essential: false,
        portMappings: [{ containerPort: 2000, hostPort: 2000, protocol: "udp" }],
        logConfiguration: logs("xray"),
      },
    ]);
  });

  it("runs on ARM processors if it says so", () => {
    expect(taskDefinition({ ...props, architecture: "arm64" }).runtimePlatform.cpuArchitecture).toBe("ARM64");
  });

  it("is input of RegisterTaskDefinition, without the keys of its answer", () => {
    expect(refusedByEcs(taskDefinition(full))).toEqual([]);
    expect(refusedByEcs({ ...taskDefinition(props), revision: 1, status: "ACTIVE" })).toEqual([
      ".revision: unknown",
      ".status: unknown",
    ]);
    expect(refusedByEcs({ containerDefinitions: [{ portMappings: [{ containerPort: "80" }] }] })).toEqual([
      ".containerDefinitions.0.portMappings.0.containerPort: not a number",
    ]);
  });

  it("leaves the log group to Terraform: the execution role cannot create one", () => {
    expect(taskDefinitionFile(full)).not.toContain("awslogs-create-group");
  });

  it("shares the container's name, port, variables and log with the placeholder", () => {
    const shared = [
      "name",
      "essential",
      "portMappings",
      "environment",
      "logConfiguration",
      "linuxParameters",
    ];
    const [first] = placeholder({ container: full.container, healthCheckPath: "/health" });
    const [service] = taskDefinition(full).containerDefinitions;
    const pick = (container: object = {}) =>
      Object.fromEntries(Object.entries(container).filter(([key]) => shared.includes(key)));
    expect(pick(first)).toEqual(pick(service));
    expect(Object.keys(pick(service))).toEqual(shared);
  });
});

describe("a task definition file", () => {
  it("is JSON with one value in each line", () => {
    const text = taskDefinitionFile(full);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(taskDefinition(full))));
    expect(text.split("\n")).toContain('  "memory": "1024",');
  });

  it("has the image's placeholder exactly once, whatever the variables contain", () => {
    const variables = { A: '"image": "<IMAGE1_NAME>"', B: "<IMAGE1_NAME>", C: "<b>&</b> <TASK_DEFINITION>" };
    const text = taskDefinitionFile({ ...props, container: { ...props.container, variables } });
    expect(text.match(/<[^>]*>/g)).toEqual(["<IMAGE1_NAME>"]);
    expect(JSON.parse(text)).toMatchObject({
      containerDefinitions: [
        {
          image: "<IMAGE1_NAME>",
          environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
        },
      ],
    });
  });
});
