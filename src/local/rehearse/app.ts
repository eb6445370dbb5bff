import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../errors";
import { packageFile } from "../../process/package-file";
import type { Delivery } from "../../system/system";
import type { RehearsalKind } from "./kinds";

/** Read by the template's server. */
interface RehearsalSettings {
  readonly failure: RehearsalKind;
  readonly healthPath: string;
  readonly healthStatus: number;
  readonly ports: readonly number[];
  readonly version: string;
}

/** The first status that the health check accepts: `200` of `200-399,404`. */
const firstCode = (codes: string) => Number(/\d+/.exec(codes)?.[0] ?? 200);

/** Writes the application of a rehearsal, which answers as the service's health check wants, into a folder. */
export function writeRehearsalApp(
  folder: string,
  kind: RehearsalKind,
  delivery: Delivery,
  version: string,
): void {
  const { build, healthCheck, healthCheckPath, port } = delivery.settings;
  const settings: RehearsalSettings = {
    failure: kind,
    healthPath: healthCheckPath.replace(/\?.*$/, ""),
    healthStatus: firstCode(healthCheck.codes),
    ports: [...new Set([port, healthCheck.port ?? port])],
    version,
  };
  const context = join(folder, build.context);
  const dockerfile = join(folder, build.dockerfile);
  for (const path of [context, dirname(dockerfile)]) mkdirSync(path, { recursive: true });
  copyFileSync(packageFile("templates/rehearsal/server.js"), join(context, "server.js"));
  writeFileSync(join(context, "rehearsal.json"), JSON.stringify(settings, undefined, 2));
  const template = readFileSync(packageFile("templates/rehearsal/Dockerfile"), "utf8");
  writeFileSync(dockerfile, `${template}${kind === "build" ? "RUN exit 1\n" : ""}`);
}

/** What makes a user's own image fail, as the last lines of its Dockerfile. */
const BREAKS: Readonly<Partial<Record<RehearsalKind, string>>> = {
  build: "RUN exit 1\n",
  crash: 'USER 0\nENTRYPOINT []\nCMD ["sh", "-c", "echo The rehearsal ends this task. >&2; exit 1"]\n',
  unhealthy: 'ENTRYPOINT []\nCMD ["sh", "-c", "while :; do sleep 1; done"]\n',
};

/**
 * Copies a user's application, and breaks its image as the kind asks.
 *
 * @param dockerfile Its path in the folder.
 * @throws InputError if the application cannot fail in this way.
 */
export function copyApp(source: string, folder: string, kind: RehearsalKind, dockerfile: string): void {
  if (!existsSync(join(source, dockerfile)))
    throw new InputError(`--app: expected a folder with ${dockerfile}, got "${source}"`);
  if (kind === "5xx")
    throw new InputError(
      "--fail 5xx: only the application of the rehearsal answers with errors; leave out --app",
    );
  cpSync(source, folder, { recursive: true, filter: (path) => !/(^|\/)\.git$/.test(path) });
  appendFileSync(join(folder, dockerfile), `\n${BREAKS[kind] ?? ""}`);
}
