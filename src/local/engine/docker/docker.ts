import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { localFile } from "../../folder";
import type {
  ContainerSpec,
  ContainerState,
  Endpoints,
  Engine,
  Image,
  RegistryCredentials,
  TaskSpec,
} from "../engine";
import { logFile, readJson, removeTaskFolder, taskFolder, writeWhole } from "../notes";
import { outcomeOf, outputOf } from "../run-program";
import { imageOf, runArguments, statesOf, type Inspected } from "./arguments";

/** Docker, or podman, which takes the same arguments. */
export class Docker implements Engine {
  public readonly limits = [];

  /** @param name Also the program. */
  constructor(public readonly name: "docker" | "podman") {}

  /** The machine as a container sees it. On Linux docker leads there only for servers of every address. */
  public urlInside(url: string): string {
    const host = this.name === "docker" ? "host.docker.internal" : "host.containers.internal";
    return url.replace("127.0.0.1", host);
  }

  private call(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
    return outputOf(this.name, args, env ? { env: { ...process.env, ...env } } : {});
  }

  /** Docker knows by itself that a registry of 127.0.0.1 has no TLS; podman must be told. */
  private readonly plain = (reference: string) =>
    this.name === "podman" && reference.startsWith("127.0.0.1:") ? ["--tls-verify=false"] : [];

  public async pull(reference: string, credentials?: RegistryCredentials): Promise<Image> {
    if (credentials) {
      const [registry = ""] = reference.split("/");
      const options = [...this.plain(reference), "--username", credentials.user, "--password-stdin"];
      const args = ["login", ...options, registry];
      await outputOf(this.name, args, { input: credentials.password });
    }
    await this.call(["pull", ...this.plain(reference), "--quiet", reference]);
    const [inspected] = JSON.parse(await this.call(["image", "inspect", reference])) as Inspected[];
    return imageOf(reference, inspected);
  }

  public open({ id }: TaskSpec): Promise<void> {
    mkdirSync(taskFolder(id), { recursive: true, mode: 0o700 });
    return Promise.resolve();
  }

  /** The first container of a task publishes the ports of all; the others share its network. */
  public async start(task: TaskSpec, container: ContainerSpec): Promise<void> {
    const first = (readJson(this.firstOf(task.id)) as { name: string } | undefined)?.name;
    if (first === undefined) writeWhole(this.firstOf(task.id), JSON.stringify({ name: container.name }));
    const { args, env } = runArguments(localFile("."), task, container, first);
    await this.call(args, env);
    this.follow(task.id, container.name);
  }

  private readonly firstOf = (task: string) => `${taskFolder(task)}/first.json`;

  /** Writes the container's output to its log until it ends. */
  private follow(task: string, container: string): void {
    const log = openSync(logFile(task, container), "a", 0o600);
    const args = ["logs", "--follow", nameOf(task, container)];
    const child = spawn(this.name, args, { detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    child.on("error", () => undefined);
    child.unref();
  }

  public async endpoints({ id, ports }: TaskSpec): Promise<Endpoints> {
    const first = (readJson(this.firstOf(id)) as { name: string } | undefined)?.name ?? "";
    const published = await Promise.all(
      ports.map(async (port) => {
        const line = await this.call(["port", nameOf(id, first), `${port}/tcp`]);
        return [String(port), Number(/:(\d+)/.exec(line)?.[1])] as const;
      }),
    );
    return { ports: Object.fromEntries(published) };
  }

  public async states(): Promise<readonly ContainerState[]> {
    const format = "{{.Names}}\t{{.State}}\t{{.Status}}";
    return statesOf(await this.call(["ps", "--all", "--filter", this.label(), "--format", format]));
  }

  private readonly label = () => `label=codeseries.folder=${localFile(".")}`;

  public async execute(task: string, container: string, command: readonly string[], timeoutMs: number) {
    const args = ["exec", nameOf(task, container), ...command];
    return (await outcomeOf(this.name, args, { timeoutMs })).code;
  }

  public stop(task: string, container: string, stopSeconds: number): Promise<void> {
    const args = ["stop", "--time", String(Math.ceil(stopSeconds)), nameOf(task, container)];
    void outcomeOf(this.name, args).catch(() => undefined);
    return Promise.resolve();
  }

  public async remove(task: string): Promise<void> {
    const filter = ["--filter", this.label(), "--filter", `label=codeseries.task=${task}`];
    await this.removeContainers(filter);
    removeTaskFolder(task);
  }

  public removeAll(): Promise<void> {
    return this.removeContainers(["--filter", this.label()]);
  }

  private async removeContainers(filter: readonly string[]): Promise<void> {
    const ids = await this.call(["ps", "--all", "--quiet", ...filter]);
    if (ids) await this.call(["rm", "--force", "--volumes", ...ids.split("\n")]);
  }
}

const nameOf = (task: string, container: string) => `codeseries-${task}-${container}`;
