import { localFile } from "../../folder";
import type { ContainerSpec, Endpoints, Engine, Image, RegistryCredentials, TaskSpec } from "../engine";
import { removeTaskFolder } from "../notes";
import { outcomeOf } from "../run-program";
import {
  containerPid,
  killSupervised,
  startSupervised,
  stopSupervised,
  supervisedContainers,
  supervisedStates,
} from "../supervised/supervised";
import { attach, attachmentOf, deleteBridge, makeBridge } from "./bridge";
import { buildBusybox, isBusybox } from "./busybox";
import { makeNamespaces, namespacesOf, removeNamespaces } from "./namespaces";
import { asRoot, buildah, inspectImage, isRoot, mountsBelow, policy, pullImage } from "./storage";

const containerName = (task: string, container: string) => `${task.slice(0, 12)}-${container}`;

/** buildah unpacks images; the kernel's namespaces make containers of them. Linux only. */
export class Buildah implements Engine {
  public readonly name = "buildah";
  public readonly limits = [
    "CPU and memory of a task are not limited",
    ...(isRoot() ? [] : ["without root a task runs as one user and reaches no other network"]),
  ];

  private readonly images = new Map<string, Image>();

  /** @param say Receives what a person must know of an image. */
  constructor(private readonly say: (text: string) => void) {}

  /** The same port of the machine is opened inside. */
  public urlInside(url: string): string {
    return url;
  }

  public async pull(reference: string, credentials?: RegistryCredentials): Promise<Image> {
    const local = credentials ? undefined : await this.inspect(reference);
    if (!local)
      await pullImage(reference, credentials).catch(async (error: unknown) => {
        if (credentials || !isBusybox(reference) || !(await buildBusybox(reference))) throw error;
        this.say(`${reference} cannot be pulled: busybox of this machine is used in its place`);
      });
    const image = local ?? (await this.inspect(reference));
    if (!image) throw new Error(`${reference}: not found`);
    return image;
  }

  public async open({ id, ports }: TaskSpec, inward: readonly number[]): Promise<void> {
    const bridged = isRoot() && (await makeBridge());
    const { pid } = await makeNamespaces(id, { inward, outward: bridged ? [] : ports, user: !isRoot() });
    if (bridged) await attach(id, pid);
  }

  public endpoints({ id }: TaskSpec): Promise<Endpoints> {
    const host = attachmentOf(id)?.address;
    return Promise.resolve(
      host === undefined ? { ports: namespacesOf(id)?.ports ?? {} } : { host, ports: {} },
    );
  }

  /** An image that is named by its digest never changes. */
  private async inspect(reference: string): Promise<Image | undefined> {
    const known = this.images.get(reference);
    if (known) return known;
    const image = await inspectImage(reference);
    if (image && reference.includes("@")) this.images.set(reference, image);
    return image;
  }

  private enter(task: string): string[] {
    const namespaces = namespacesOf(task);
    if (!namespaces) throw new Error(`task ${task} has no network`);
    const user = isRoot() ? [] : ["--user", "--preserve-credentials"];
    return ["nsenter", "--target", String(namespaces.pid), ...user, "--net", "--ipc", "--uts", "--"];
  }

  public async start({ id }: TaskSpec, container: ContainerSpec): Promise<void> {
    const name = containerName(id, container.name);
    await buildah(["from", "--pull-never", ...policy(), "--name", name, container.image.reference]);
    const root = await buildah(["mount", name]);
    const { environment, user, workingDirectory, mounts, readonlyRoot, stopSeconds } = container;
    const spec = {
      ...{ root, environment, user, workingDirectory, mounts, readonlyRoot },
      arguments: container.arguments,
      hostname: `ip-${(attachmentOf(id)?.address ?? id.slice(0, 12)).replaceAll(".", "-")}`,
    };
    startSupervised(id, container.name, { container: spec }, stopSeconds, this.enter(id));
  }

  public states() {
    return Promise.resolve(supervisedStates());
  }

  public async execute(task: string, container: string, command: readonly string[], timeoutMs: number) {
    const pid = containerPid(task, container);
    if (pid === undefined) return undefined;
    const user = isRoot() ? [] : ["--user", "--preserve-credentials"];
    const own = ["--mount", "--pid", "--net", "--ipc", "--uts", "--root", "--wd"];
    return (
      await outcomeOf("nsenter", ["--target", String(pid), ...user, ...own, "--", ...command], { timeoutMs })
    ).code;
  }

  public stop(task: string, container: string): Promise<void> {
    stopSupervised(task, container);
    return Promise.resolve();
  }

  public async remove(task: string): Promise<void> {
    await killSupervised(task);
    removeNamespaces(task);
    for (const container of supervisedContainers(task))
      await buildah(["rm", containerName(task, container)]).catch((error: unknown) => {
        // Another process that removes the task was faster.
        if (!String(error).includes("container not known")) throw error;
      });
    removeTaskFolder(task);
  }

  public async removeAll(): Promise<void> {
    if (isRoot()) {
      await deleteBridge();
      for (const path of mountsBelow(localFile("containers"))) await outcomeOf("umount", ["--lazy", path]);
    }
    const [file, ...args] = asRoot(["rm", "-rf", localFile("containers")]);
    await outcomeOf(file, args);
  }
}
