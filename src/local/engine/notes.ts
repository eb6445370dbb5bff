import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { localFile } from "../folder";
import type { Endpoints } from "./engine";
import type { EngineName } from "./kind";

/** What is known of a task on this machine, apart from what moto knows. It survives the controllers. */
export interface TaskNote {
  readonly id: string;
  readonly arn: string;
  /** The address of its network interface in the embedded AWS, with which it is registered as a target. */
  readonly address: string;
  readonly endpoints: Endpoints;
  readonly targetGroups: readonly { readonly arn: string; readonly port: number }[];
  /** Milliseconds since the epoch at which its targets are drained; undefined until they are deregistered. */
  readonly drainedAt?: number;
}

export const TASKS = "tasks";

export const tasksFolder = () => localFile(TASKS);

/** The folder of what the engine keeps of a task. */
export const taskFolder = (id: string) => join(tasksFolder(), id);

/** The output of a container, of standard output and standard error. */
export const logFile = (id: string, container: string) => join(taskFolder(id), `${container}.log`);

const noteFile = (id: string) => join(tasksFolder(), `${id}.json`);

/** Writes a file that nobody sees half-written, readable by its owner only. */
export function writeWhole(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const writeNote = (note: TaskNote): void => {
  writeWhole(noteFile(note.id), JSON.stringify(note));
};

export const removeNote = (id: string): void => {
  rmSync(noteFile(id), { force: true });
};

const engineFile = () => join(tasksFolder(), "engine");

/** Notes which engine runs the tasks, for who removes them. */
export const noteEngine = (name: EngineName): void => {
  writeWhole(engineFile(), name);
};

/** The engine that runs the tasks; undefined if none was started. */
export const notedEngine = (): EngineName | undefined =>
  existsSync(engineFile()) ? (readFileSync(engineFile(), "utf8") as EngineName) : undefined;

/** The JSON of a file; undefined if there is none. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

const entries = (): string[] => {
  try {
    return readdirSync(tasksFolder());
  } catch {
    return [];
  }
};

export const readNotes = (): TaskNote[] =>
  entries()
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => (readJson(join(tasksFolder(), name)) as TaskNote | undefined) ?? []);

/** The tasks of which an engine keeps something. */
export const taskIds = (): string[] => entries().filter((name) => /^[0-9a-f]{32}$/.test(name));

/** Forgets what an engine keeps of a task. */
export const removeTaskFolder = (id: string): void => {
  rmSync(taskFolder(id), { recursive: true, force: true });
};
