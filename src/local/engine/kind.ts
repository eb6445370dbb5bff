import { spawnSync } from "node:child_process";
import { InputError } from "../../errors";
import { localFile } from "../folder";

/** What builds images and runs tasks. `none` has stand-ins for both. */
export const ENGINES = ["docker", "podman", "buildah", "none"] as const;

export type EngineName = (typeof ENGINES)[number];

/** An engine, and why it is used. */
export interface ChosenEngine {
  readonly name: EngineName;
  readonly why: string;
}

const works = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Whether an engine can be used on this machine; docker only if its daemon answers. */
const PRESENT: Readonly<Record<EngineName, () => boolean>> = {
  docker: () => works("docker", "version", "--format", "{{.Server.Version}}"),
  podman: () => works("podman", "info"),
  buildah: () =>
    process.platform === "linux" && works("buildah", "--version") && works("unshare", "--version"),
  none: () => true,
};

/**
 * The engine to use: the wanted one, or the first that works.
 *
 * @throws InputError if the wanted one does not work.
 */
export function chooseEngine(wanted?: EngineName): ChosenEngine {
  if (wanted !== undefined) {
    if (!PRESENT[wanted]()) throw new InputError(`--engine: ${wanted} does not work on this machine`);
    return { name: wanted, why: "it was asked for" };
  }
  const missing: EngineName[] = [];
  for (const name of ENGINES) {
    if (PRESENT[name]()) {
      const before =
        missing.length === 0
          ? ""
          : `; ${missing.join(" and ")} ${missing.length === 1 ? "does" : "do"} not work here`;
      return { name, why: `it is the first that works${before}` };
    }
    missing.push(name);
  }
  throw new Error("the engine none always works");
}

/** Options of every call of buildah: its images and containers lie in `.local`, apart from the user's own. */
export const buildahStorage = (driver: "overlay" | "vfs") => [
  "--root",
  localFile("containers/storage"),
  "--runroot",
  localFile("containers/run"),
  "--storage-driver",
  driver,
];
