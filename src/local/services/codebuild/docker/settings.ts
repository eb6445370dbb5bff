import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineName } from "../../../engine/kind";

/** What the `docker` of a build is told. */
export interface DockerSettings {
  readonly engine: EngineName;
  /** The port of the registry on 127.0.0.1. */
  readonly registryPort: number;
  /** For what one command leaves to the next: logins, digests. */
  readonly folder: string;
  /** The folder of this program, which is not on the path of the engine's. */
  readonly bin: string;
  /** The command of buildah with the options of its storage. */
  readonly buildah: readonly string[];
}

/** The variable that names the file with the settings, as JSON. */
export const SETTINGS_VARIABLE = "CODESERIES_DOCKER";

export const readSettings = () =>
  JSON.parse(readFileSync(process.env[SETTINGS_VARIABLE] ?? "", "utf8")) as DockerSettings;

/** A record of text by name that is kept in a file between commands. */
export class Kept {
  constructor(private readonly file: string) {}

  public all(): Readonly<Record<string, string>> {
    return existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, "utf8")) as Record<string, string>)
      : {};
  }

  public set(name: string, value: string | undefined): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ ...this.all(), [name]: value }), { mode: 0o600 });
  }
}

/** `user:password` in base64 by host of ECR. */
export const loginsOf = ({ folder }: DockerSettings) => new Kept(join(folder, "logins.json"));

/** Digests by image that was pushed. */
export const pushedOf = ({ folder }: DockerSettings) => new Kept(join(folder, "pushed.json"));
