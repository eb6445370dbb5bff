import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Addresses } from "../../../src/local/engine/addresses";
import { bridgeName } from "../../../src/local/engine/buildah/bridge";
import { mountsBelow } from "../../../src/local/engine/buildah/storage";
import type { ContainerSpec, Engine } from "../../../src/local/engine/engine";
import { chooseEngine } from "../../../src/local/engine/kind";
import { logFile, noteEngine, tasksFolder, writeNote } from "../../../src/local/engine/notes";
import { openEngine } from "../../../src/local/engine/open";
import { removeAllTasks } from "../../../src/local/engine/remove";
import { until } from "../../support/until";

const TASK = { id: "0123456789abcdef0123456789abcdef", ports: [8080] };

const IMAGE = "public.ecr.aws/docker/library/busybox:1.36.1";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const statusOf = (url: string) =>
  new Promise<number | undefined>((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", () => {
      resolve(undefined);
    });
  });

const works = (name: "buildah" | "none") => {
  try {
    return chooseEngine(name).name === name;
  } catch {
    return false;
  }
};

describe.each((["none", "buildah"] as const).filter(works))("the engine %s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-engine-"));
  const said: string[] = [];
  let engine: Engine;
  let outside: Server;

  beforeAll(async () => {
    process.env.CODESERIES_LOCAL = folder;
    noteEngine(name);
    engine = openEngine(name, (text) => said.push(text));
    outside = createServer((_, answer) => answer.end("outside")).listen(0, "127.0.0.1");
    await new Promise((resolve) => outside.once("listening", resolve));
  });

  afterAll(async () => {
    await removeAllTasks();
    outside.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (container: Partial<ContainerSpec> & { script: string; name: string }) => {
    const image = await engine.pull(IMAGE);
    await engine.start(TASK, {
      image,
      arguments: ["sh", "-c", container.script],
      environment: { ...image.environment, GREETING: "hello" },
      user: "",
      workingDirectory: "/tmp",
      readonlyRoot: false,
      mounts: [],
      stopSeconds: 1,
      ends: false,
      ports: [],
      ...container,
    });
  };

  const stateOf = async (container: string) =>
    (await engine.states()).find((state) => state.container === container);

  test("runs a container that answers at its port", async () => {
    const inward = (outside.address() as AddressInfo).port;
    await engine.open(TASK, [inward]);
    const page = "echo $GREETING $(id -u) $PWD > index.html";
    const ask = `wget -q -O - ${engine.urlInside(`http://127.0.0.1:${inward}/`)}`;
    const script = `${page}; ${ask}; echo; exec httpd -f -p 8080`;
    await start({ name: "web", script, ports: [8080] });
    const endpoints = await engine.endpoints(TASK);
    writeNote({ id: TASK.id, arn: "arn", address: "10.0.0.4", endpoints, targetGroups: [] });
    const addresses = new Addresses(tasksFolder);
    expect(addresses.reachable("10.0.0.4", 8080)).toBeUndefined();
    await until(() => addresses.reachable("10.0.0.4", 8080) !== undefined);
    const { host, port } = addresses.reachable("10.0.0.4", 8080) ?? { host: "", port: 0 };
    await until(async () => (await statusOf(`http://${host}:${port}/`)) === 200);
    const text = await (await fetch(`http://${host}:${port}/`)).text();
    if (name === "none") expect(text).toMatch(/^STAND-IN /);
    else expect(text).toBe("hello 0 /tmp\n");
    expect(addresses.reachable("10.0.0.5", 8080)).toBeUndefined();
  });

  if (name === "buildah") {
    test("a container reaches a port of the machine, and its output is kept", async () => {
      await until(() => readFileSync(logFile(TASK.id, "web"), "utf8").includes("outside"));
    });

    test("a command runs in a container, with its exit code or a timeout", async () => {
      await expect(
        engine.execute(TASK.id, "web", ["sh", "-c", "test -e /tmp/index.html"], 5_000),
      ).resolves.toBe(0);
      await expect(engine.execute(TASK.id, "web", ["false"], 5_000)).resolves.toBe(1);
      await expect(engine.execute(TASK.id, "web", ["sleep", "5"], 100)).resolves.toBeUndefined();
    });

    test("the exit code of a container is kept, and a missing program has its own", async () => {
      await start({ name: "ends", script: "exit 7" });
      await until(async () => (await stateOf("ends"))?.exitCode === 7);
      await start({ name: "missing", script: "", arguments: ["/no/such"] });
      await until(async () => (await stateOf("missing"))?.exitCode === 127);
    });

    test("a container that ignores SIGTERM is killed after its time", async () => {
      await start({ name: "stubborn", script: "trap '' TERM; echo ready; while :; do sleep 0.1; done" });
      await until(() => readFileSync(logFile(TASK.id, "stubborn"), "utf8").includes("ready"));
      await engine.stop(TASK.id, "stubborn", 1);
      await wait(500);
      expect((await stateOf("stubborn"))?.running).toBe(true);
      await until(async () => (await stateOf("stubborn"))?.exitCode === 137);
    });

    test("another user, a volume that is read only, and a root folder that is", async () => {
      const mounts = [{ source: folder, path: "/data", readOnly: true }];
      const script = "id -u; touch /data/x; touch /y; test ! -e /data/x && test ! -e /y";
      await start({ name: "limited", script, mounts, readonlyRoot: true });
      await until(async () => (await stateOf("limited"))?.exitCode === 0);
    });
  } else {
    test("says that it is a stand-in", () => {
      expect(readFileSync(logFile(TASK.id, "web"), "utf8")).toContain("STAND-IN web: no container engine");
    });
  }

  test("stops with SIGTERM", async () => {
    await engine.stop(TASK.id, "web", 1);
    await until(async () => (await stateOf("web"))?.running === false);
  });

  test("removes everything, without those that started it", async () => {
    await removeAllTasks();
    expect(existsSync(tasksFolder())).toBe(false);
    expect(existsSync(join(folder, "containers"))).toBe(false);
    expect(mountsBelow(folder)).toEqual([]);
    expect(spawnSync("ip", ["link", "show", bridgeName()]).status).not.toBe(0);
    expect(spawnSync("pgrep", ["-f", folder], { encoding: "utf8" }).stdout).toBe("");
  });
});
