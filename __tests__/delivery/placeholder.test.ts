import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { placeholder, type PlaceholderProps } from "../../src/delivery/placeholder";
import { refusedByEcs } from "../support/api-model";

const props: PlaceholderProps = {
  container: {
    name: "awssdk-iam",
    port: 10012,
    variables: { SPRING_PROFILES_ACTIVE: "dev" },
    logs: { group: "/ecs/bys-dev-awssdk-iam", region: "ap-northeast-2" },
    exec: false,
  },
  healthCheckPath: "/iam/actuator/health",
};
const DOCUMENT_ROOT = "/tmp/www";

const commandOf = (overrides: Partial<PlaceholderProps>) =>
  placeholder({ ...props, ...overrides }).flatMap(({ command }) => command);

/** Runs the command in a folder of its own, with another program as the web server. */
function inFolder<T>(
  overrides: Partial<PlaceholderProps>,
  server: string,
  use: (words: string[], env: NodeJS.ProcessEnv, root: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "placeholder-"));
  writeFileSync(join(folder, "httpd"), `#!/bin/sh\n${server}\n`, { mode: 0o755 });
  writeFileSync(join(folder, "nc"), '#!/bin/sh\nexec busybox nc "$@"\n', { mode: 0o755 });
  const root = join(folder, "www");
  const words = commandOf(overrides).map((word) => word.replaceAll(DOCUMENT_ROOT, root));
  const done = () => {
    rmSync(folder, { recursive: true });
  };
  const result = use(words, { PATH: [folder, process.env.PATH].join(delimiter) }, root);
  if (result instanceof Promise) void result.finally(done);
  else done();
  return result;
}

/** How the web server is started, and the files that it would serve. */
const started = (overrides: Partial<PlaceholderProps>) =>
  inFolder(overrides, 'echo "$@"', ([shell = "", ...rest], env, root) => ({
    servers: execFileSync(shell, rest, { env, encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.replaceAll(root, DOCUMENT_ROOT)),
    files: readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`),
  }));

function hasBusybox(): boolean {
  try {
    return execFileSync("busybox", ["--list"], { encoding: "utf8" }).split("\n").includes("httpd");
  } catch {
    return false;
  }
}

describe("a placeholder", () => {
  it("is one essential container with the service's name, port, variables and log", () => {
    expect(placeholder(props)).toEqual([
      {
        name: "awssdk-iam",
        image: "public.ecr.aws/docker/library/busybox:1.36.1",
        essential: true,
        command: ["sh", "-c", expect.any(String) as string],
        portMappings: [{ containerPort: 10012, hostPort: 10012, protocol: "tcp" }],
        environment: [{ name: "SPRING_PROFILES_ACTIVE", value: "dev" }],
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": "/ecs/bys-dev-awssdk-iam",
            "awslogs-region": "ap-northeast-2",
            "awslogs-stream-prefix": "app",
          },
        },
      },
    ]);
    expect(refusedByEcs({ containerDefinitions: placeholder(props) })).toEqual([]);
  });

  it("has an init process with ECS Exec, whose agent leaves zombie processes", () => {
    const container = { ...props.container, exec: true };
    expect(placeholder({ ...props, container })).toMatchObject([
      { linuxParameters: { initProcessEnabled: true } },
    ]);
  });

  it.each([
    ["/", "/index.html"],
    ["/health", "/health"],
    ["/health/", "/health/index.html"],
    ["/iam/actuator/health", "/iam/actuator/health"],
    ["/health?deep=true", "/health"],
    ["/health/?deep=true", "/health/index.html"],
  ])("answers the health check at %s with the file %s, and serves no other", (healthCheckPath, file) => {
    expect(started({ healthCheckPath }).files).toEqual([file]);
  });

  it("listens on the container's port, in place of the shell, so that it can be stopped", () => {
    expect(started({}).servers).toEqual(["-f -p 10012 -h /tmp/www"]);
    expect(commandOf({}).at(-1)).toContain("&& exec httpd -f ");
  });

  it("listens on a port for health checks too, once if it is the same", () => {
    expect(started({ healthCheckPort: 9000 }).servers).toEqual([
      "-p 9000 -h /tmp/www",
      "-f -p 10012 -h /tmp/www",
    ]);
    expect(started({ healthCheckPort: 10012 }).servers).toHaveLength(1);
  });

  const withBusybox = hasBusybox() ? it : it.skip;
  withBusybox.each([
    ["/", 200],
    ["/health", 200],
    ["/health/", 200],
    ["/a/b?deep=true&x=1", 200],
    ["/a/b/?x=1", 200],
    ["/", 204],
    ["/login/?a=b", 301],
    ["/health", 401],
  ])("answers %s with %d, run by busybox", async (healthCheckPath, expected) => {
    const port = 20_000 + (process.pid % 20_000);
    // The web server of a second port would be a process of its own, which outlives the test.
    const healthCheckPort = expected === 200 ? port : port + 1;
    const container = { ...props.container, port };
    await inFolder(
      { container, healthCheckPath, healthCheckPort, status: expected },
      'exec busybox httpd "$@"',
      async ([shell = "", ...rest], env) => {
        const server = spawn(shell, rest, { env, stdio: "ignore", detached: true });
        try {
          const status = (at: number) =>
            new Promise<number | undefined>((resolve, reject) => {
              const url = `http://127.0.0.1:${at}${healthCheckPath}`;
              get(url, { agent: false }, (answer) => {
                answer.resume();
                resolve(answer.statusCode);
              }).on("error", reject);
            });
          // Each port has a server of its own, which needs a moment to start.
          for (const at of [port, healthCheckPort]) {
            let answered: number | undefined;
            for (let tries = 0; tries < 100 && answered === undefined; tries++) {
              answered = await status(at).catch(() => undefined);
              if (answered === undefined) await wait(100);
            }
            expect(answered).toBe(expected);
          }
        } finally {
          // Its process group: the server of the other port runs in the background.
          if (server.pid !== undefined && server.exitCode === null) {
            const ended = new Promise((resolve) => server.once("exit", resolve));
            process.kill(-server.pid, "SIGKILL");
            await ended;
          }
        }
      },
    );
  });
});
