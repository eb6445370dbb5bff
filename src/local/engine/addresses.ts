import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { tasksFolder, type TaskNote } from "./notes";

/** Milliseconds after which the notes are read again, between requests. */
const REFRESH_MS = 200;

/** Milliseconds without a question after which nothing is read any more. */
const IDLE_MS = 5_000;

/** Two changes of a folder in so short a time may give it the same time of change. */
const SAME_TIME_MS = 1_000;

/** Where the tasks of this machine answer, by the address that they have in the embedded AWS. */
export class Addresses {
  private known = new Map<string, TaskNote["endpoints"]>();
  private asked = 0;
  /** When the folder was changed, as far as its notes are known. */
  private changed: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: () => string) {}

  /**
   * Where a port of an address is reached from this machine; undefined if no task of this machine has it. It reads
   * no file: what a new task has is known 200 ms after it was noted, 200 ms after the first question otherwise.
   */
  public reachable(ip: string, port: number): { host: string; port: number } | undefined {
    this.asked = Date.now();
    this.timer ??= this.start();
    const endpoints = this.known.get(ip);
    if (!endpoints) return undefined;
    if (endpoints.host !== undefined) return { host: endpoints.host, port };
    const mapped = endpoints.ports[port];
    return mapped === undefined ? undefined : { host: "127.0.0.1", port: mapped };
  }

  /** Reads the notes now, if one was written or removed. */
  public async refresh(): Promise<void> {
    const began = Date.now();
    const { mtimeMs } = await stat(this.folder()).catch(() => ({ mtimeMs: 0 }));
    if (mtimeMs === this.changed) return;
    const names = await readdir(this.folder()).catch(() => []);
    const notes = await Promise.all(
      names.filter((name) => name.endsWith(".json")).map((name) => this.read(name)),
    );
    this.known = new Map(notes.flatMap((note) => (note ? [[note.address, note.endpoints]] : [])));
    const isKnown = began - mtimeMs > SAME_TIME_MS && notes.every(Boolean);
    this.changed = isKnown ? mtimeMs : undefined;
  }

  private async read(name: string): Promise<TaskNote | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder(), name), "utf8")) as TaskNote;
    } catch {
      // It was removed meanwhile.
      return undefined;
    }
  }

  private start(): NodeJS.Timeout {
    void this.refresh();
    return setInterval(() => {
      if (Date.now() - this.asked < IDLE_MS) {
        void this.refresh();
        return;
      }
      clearInterval(this.timer);
      this.timer = undefined;
    }, REFRESH_MS).unref();
  }
}

const addresses = new Addresses(tasksFolder);

/** @see Addresses.reachable */
export const reachable = (ip: string, port: number) => addresses.reachable(ip, port);

/** Reads the notes now, for the first question. @see Addresses.refresh */
export const refreshAddresses = () => addresses.refresh();
