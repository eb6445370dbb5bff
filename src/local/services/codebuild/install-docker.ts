import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFile } from "../../../process/package-file";
import { buildahStorage, type EngineName } from "../../engine/kind";
import { SETTINGS_VARIABLE, type DockerSettings } from "./docker/settings";
import type { InstallPrograms } from "./steps";

const SOURCE = "src/local/services/codebuild/docker/main.ts";

/** From its source in the repository, from compiled JavaScript in the package. */
const moduleOf = () =>
  existsSync(packageFile(SOURCE))
    ? [packageFile("scripts/run.mjs"), SOURCE]
    : [packageFile("lib/local/services/codebuild/docker/main.js")];

/** Root mounts layers; other users copy them in a user namespace, without the owners of their files. */
const buildah = () =>
  process.getuid?.() === 0
    ? ["buildah", ...buildahStorage("overlay")]
    : [
        ...["unshare", "--user", "--map-root-user", "--", "buildah", ...buildahStorage("vfs")],
        ...["--storage-opt", "vfs.ignore_chown_errors=true"],
      ];

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Puts the `docker` of builds first on their path, for an engine and the registry on a port. */
export const dockerInstaller =
  (engine: EngineName, registryPort: number): InstallPrograms =>
  (bin, folder) => {
    const own = join(folder, "docker");
    mkdirSync(own, { recursive: true });
    const settings: DockerSettings = { engine, registryPort, folder: own, bin, buildah: buildah() };
    const file = join(own, "settings.json");
    writeFileSync(file, JSON.stringify(settings));
    const command = [process.execPath, ...moduleOf()].map(quoted).join(" ");
    writeFileSync(
      join(bin, "docker"),
      `#!/bin/sh\n${SETTINGS_VARIABLE}=${quoted(file)} exec ${command} "$@"\n`,
    );
    chmodSync(join(bin, "docker"), 0o755);
  };
