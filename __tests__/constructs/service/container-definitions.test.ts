import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import {
  containerDefinitions,
  type ContainerProps,
} from "../../../src/constructs/service/container-definitions";

const props: ContainerProps = {
  name: "awssdk-iam",
  port: 10012,
  healthCheckPath: "/iam/actuator/health",
  region: "ap-northeast-2",
  logGroupName: "/ecs/bys-dev-awssdk-iam",
  variables: {},
  secrets: {},
  exec: false,
  xray: false,
};

const build = (overrides: Partial<ContainerProps> = {}) => containerDefinitions({ ...props, ...overrides });

/** The service's own container. */
const service = (overrides: Partial<ContainerProps> = {}) => build(overrides)[0];

/** The command that the placeholder runs, word by word. */
const command = (overrides: Partial<ContainerProps> = {}) =>
  build(overrides).flatMap((container: { name: string; command?: string[] }) => container.command ?? []);

const DOCUMENT_ROOT = "/tmp/www";

/**
 * Runs the placeholder's command in an empty directory instead of its own document root, with a web
 * server that only tells its arguments. Gives these, and the files that a real one would serve.
 */
function run(overrides: Partial<ContainerProps>): { server: string; files: string[] } {
  const directory = mkdtempSync(join(tmpdir(), "placeholder-"));
  try {
    writeFileSync(join(directory, "httpd"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const root = join(directory, "www");
    const [shell = "", ...rest] = command(overrides).map((word) => word.replaceAll(DOCUMENT_ROOT, root));
    const env = { PATH: [directory, process.env.PATH].join(delimiter) };
    const output = execFileSync(shell, rest, { env, encoding: "utf8" }).trim();
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`);
    return { server: output.replaceAll(root, DOCUMENT_ROOT), files };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe("containerDefinitions", () => {
  it("makes one essential container, named like the service", () => {
    expect(build()).toMatchObject([{ name: "awssdk-iam", essential: true }]);
  });

  it("listens on the service's port", () => {
    expect(service({ port: 8080 })).toMatchObject({
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    });
  });

  it("writes its logs to the service's log group", () => {
    expect(service()?.logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/ecs/bys-dev-awssdk-iam",
        "awslogs-region": "ap-northeast-2",
        "awslogs-stream-prefix": "app",
      },
    });
  });

  it("leaves the log group to Terraform: the execution role cannot make one", () => {
    expect(JSON.stringify(build({ xray: true }))).not.toContain("awslogs-create-group");
  });

  it("has no variables and no secrets of its own", () => {
    expect(service()).toMatchObject({ environment: [], secrets: [] });
  });

  it("sets variables", () => {
    expect(service({ variables: { SPRING_PROFILES_ACTIVE: "dev", LOG_LEVEL: "info" } })).toMatchObject({
      environment: [
        { name: "SPRING_PROFILES_ACTIVE", value: "dev" },
        { name: "LOG_LEVEL", value: "info" },
      ],
    });
  });

  it("names where secrets come from, and keeps them out of the variables", () => {
    const password =
      "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:dev/awssdk-iam/db-Ab1Cd2:password::";
    expect(service({ secrets: { DB_PASSWORD: password } })).toMatchObject({
      environment: [],
      secrets: [{ name: "DB_PASSWORD", valueFrom: password }],
    });
  });

  describe("before the first release", () => {
    it("runs an image of a fixed version", () => {
      expect(service()?.image).toBe("public.ecr.aws/docker/library/busybox:1.36.1");
      expect(build({ xray: true }).filter(({ image }) => /:latest$|\/[^:]+$/.test(image))).toEqual([]);
    });

    it.each([
      ["/", "/index.html"],
      ["/health", "/health"],
      ["/iam/actuator/health", "/iam/actuator/health"],
    ])("answers the health check at %s with the file %s, and serves no other", (healthCheckPath, file) => {
      expect(run({ healthCheckPath }).files).toEqual([file]);
    });

    it.each(["/", "/health", "/iam/actuator/health"])(
      "serves that file's directory on the service's port (%s)",
      (healthCheckPath) => {
        expect(run({ healthCheckPath, port: 8080 }).server).toBe("-f -p 8080 -h /tmp/www");
      },
    );

    it("lets the web server be stopped: it takes the shell's place", () => {
      expect(command().at(-1)).toContain("&& exec httpd -f ");
    });
  });

  describe("with ECS Exec", () => {
    it("reaps what shells leave behind, by an init process", () => {
      expect(service({ exec: true })).toMatchObject({ linuxParameters: { initProcessEnabled: true } });
    });

    it("needs none without", () => {
      expect(service()).not.toHaveProperty("linuxParameters");
    });
  });

  describe("with X-Ray", () => {
    const daemon = build({ xray: true })[1];

    it("runs the daemon beside the service, which stays the first container", () => {
      expect(build({ xray: true })).toHaveLength(2);
      expect(build({ xray: true })[0]).toEqual(service());
      expect(daemon).toMatchObject({
        name: "xray-daemon",
        image: "public.ecr.aws/xray/aws-xray-daemon:3.3.13",
        portMappings: [{ containerPort: 2000, hostPort: 2000, protocol: "udp" }],
      });
    });

    it("does not stop the service when the daemon stops", () => {
      expect(daemon?.essential).toBe(false);
    });

    it("tells the daemon's logs from the service's", () => {
      expect(daemon?.logConfiguration.options).toMatchObject({
        "awslogs-group": "/ecs/bys-dev-awssdk-iam",
        "awslogs-stream-prefix": "xray",
      });
    });
  });
});
