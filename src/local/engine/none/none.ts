import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ContainerSpec, Endpoints, Engine, Image, TaskSpec } from "../engine";
import { readJson, removeTaskFolder, taskFolder } from "../notes";
import { pythonProgram } from "../supervised/programs";
import { killSupervised, startSupervised, stopSupervised, supervisedStates } from "../supervised/supervised";

const POLL_MS = 20;

const START_MS = 10_000;

const portsOf = (task: string, container: string) => join(taskFolder(task), `${container}.ports`);

/** Without a container engine: each container is a web server that answers with the digest of its image. */
export class NoEngine implements Engine {
  public readonly name = "none";
  public readonly limits = ["images are not run: STAND-IN answers for each container"];

  public urlInside(url: string): string {
    return url;
  }

  public pull(reference: string): Promise<Image> {
    return Promise.resolve({
      reference,
      digest: /@(sha256:[0-9a-f]+)$/.exec(reference)?.[1],
      entrypoint: [],
      command: [],
      environment: {},
      user: "",
      workingDirectory: "/",
    });
  }

  public open({ id }: TaskSpec): Promise<void> {
    mkdirSync(taskFolder(id), { recursive: true, mode: 0o700 });
    return Promise.resolve();
  }

  public async start({ id }: TaskSpec, { name, image, ports, ends, stopSeconds }: ContainerSpec) {
    const ready = portsOf(id, name);
    const input = { name, digest: image.digest ?? image.reference, ports, ready, ends };
    const command = pythonProgram("stand_in");
    startSupervised(id, name, { command, input }, stopSeconds);
    if (ends) return;
    for (let passed = 0; passed < START_MS; passed += POLL_MS) {
      if (readJson(ready) !== undefined) return;
      await wait(POLL_MS);
    }
    throw new Error(`the stand-in of ${name} has not started after ${START_MS} ms`);
  }

  public endpoints({ id }: TaskSpec): Promise<Endpoints> {
    const containers = supervisedStates().filter(({ task }) => task === id);
    const ports = containers.map(
      ({ container }) => readJson(portsOf(id, container)) as Record<string, number> | undefined,
    );
    return Promise.resolve({ ports: Object.assign({}, ...ports) as Record<string, number> });
  }

  public states() {
    return Promise.resolve(supervisedStates());
  }

  /** Nothing can be run in a stand-in: health checks of containers succeed. */
  public execute(): Promise<number> {
    return Promise.resolve(0);
  }

  public stop(task: string, container: string): Promise<void> {
    stopSupervised(task, container);
    return Promise.resolve();
  }

  public async remove(task: string): Promise<void> {
    await killSupervised(task);
    removeTaskFolder(task);
  }

  public removeAll(): Promise<void> {
    return Promise.resolve();
  }
}
