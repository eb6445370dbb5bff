import type { EngineName } from "./kind";

/** An image that an engine has pulled, with what its Dockerfile says. */
export interface Image {
  /** The name by which the engine knows it. */
  readonly reference: string;
  /** `sha256:…`, of the manifest; undefined if the engine cannot tell. */
  readonly digest: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workingDirectory: string;
}

/** A user and a password of a registry. */
export interface RegistryCredentials {
  readonly user: string;
  readonly password: string;
}

/** A container of a task, as the engine runs it. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: Image;
  /** The program and its arguments. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workingDirectory: string;
  readonly readonlyRoot: boolean;
  /** Folders of the machine at paths of the container. */
  readonly mounts: readonly { readonly source: string; readonly path: string; readonly readOnly: boolean }[];
  /** @default - no limit */
  readonly memoryMiB?: number;
  /** Shares of a core; 0.25 is a quarter. @default - no limit */
  readonly cpus?: number;
  /** Real seconds between SIGTERM and SIGKILL. */
  readonly stopSeconds: number;
  /** A container of the task waits for the end of this one: a stand-in ends at once. */
  readonly ends: boolean;
  readonly ports: readonly number[];
}

/** What a task needs of the network. */
export interface TaskSpec {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The ports of all its containers. */
  readonly ports: readonly number[];
}

/** Where a task answers: every port at a host, or each port somewhere else. */
export interface Endpoints {
  readonly host?: string;
  readonly ports: Readonly<Record<string, number>>;
}

/** A container as the engine sees it. */
export interface ContainerState {
  readonly task: string;
  readonly container: string;
  readonly running: boolean;
  /** Undefined while it runs, or if the engine cannot tell. */
  readonly exitCode?: number;
}

/** Runs containers of tasks. What it starts outlives the process that asked for it. */
export interface Engine {
  readonly name: EngineName;
  /** What it does not do of what a task definition may ask for; said once. */
  readonly limits: readonly string[];
  /** The URL by which a container reaches a server of the machine's 127.0.0.1. */
  urlInside(url: string): string;
  /** Pulls an image. @throws Error with what the registry or the engine said. */
  pull(reference: string, credentials?: RegistryCredentials): Promise<Image>;
  /** Makes the network of a task. */
  open(task: TaskSpec, inwardPorts: readonly number[]): Promise<void>;
  start(task: TaskSpec, container: ContainerSpec): Promise<void>;
  /** Known as soon as the first container runs. */
  endpoints(task: TaskSpec): Promise<Endpoints>;
  /** All containers of all tasks that it has started and not removed. */
  states(): Promise<readonly ContainerState[]>;
  /** Runs a command in a container. @returns its exit code; undefined if it took longer than the timeout. */
  execute(
    task: string,
    container: string,
    command: readonly string[],
    timeoutMs: number,
  ): Promise<number | undefined>;
  /** Sends SIGTERM, and SIGKILL after the container's `stopSeconds`. Returns at once. */
  stop(task: string, container: string, stopSeconds: number): Promise<void>;
  /** Removes everything of a task; what still runs is killed. */
  remove(task: string): Promise<void>;
  /** Removes what is shared by tasks, such as images. All tasks are removed. */
  removeAll(): Promise<void>;
}
