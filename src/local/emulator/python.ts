import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Failure, Interrupted } from "../../errors";
import { packageFile } from "../../process/package-file";
import type { Progress } from "../../process/progress";
import { isOlder } from "../../process/version";
import { localFile } from "../folder";

const REQUIREMENTS = packageFile("src/local/moto/requirements.txt");

/** The minimum for moto. @see https://pypi.org/project/moto/5.2.1/ */
const OLDEST_PYTHON = [3, 10] as const;

/** Imports none of them: moto takes a second. */
const PROBE = `import sys
print(*sys.version_info[:2])
from importlib.metadata import version
version("flask"), version("flask-cors")
print(version("moto"))
print(sys.executable)`;

/**
 * The version of a Python, empty if there is none, that of its moto, and its own path: `python3` can be a script
 * of a version manager.
 */
function probe(python: string, env: NodeJS.ProcessEnv) {
  const { error, stdout } = spawnSync(python, ["-c", PROBE], { env, encoding: "utf8" });
  const [version = "", moto, executable = python] = error ? [] : stdout.trim().split("\n");
  return { version: version.split(" ").filter(Boolean).map(Number), moto, executable };
}

/**
 * A Python that has moto in the version that the corrections are written for: the one on the PATH, or
 * else the one in `.local/venv`, into which moto is installed once.
 *
 * @throws Failure if there is no Python, or moto cannot be installed.
 */
export function findPython(env: NodeJS.ProcessEnv, progress: Progress): string {
  const pinned = /==(.*)/.exec(readFileSync(REQUIREMENTS, "utf8"))?.[1]?.trim() ?? "";
  const advice = `The embedded AWS is moto ${pinned}, which requires Python ${OLDEST_PYTHON.join(".")} or newer`;
  const venv = localFile("venv");
  const own = resolve(venv, "bin", "python3");
  for (const python of ["python3", own]) {
    const { moto, executable } = probe(python, env);
    if (moto === pinned) return executable;
  }

  const { version } = probe("python3", env);
  if (version.length === 0) throw new Failure(`python3 is not on the PATH. ${advice}.`);
  if (isOlder(version, OLDEST_PYTHON))
    throw new Failure(`python3 on the PATH is ${version.join(".")}. ${advice}.`);
  progress.note(`Installing moto ${pinned} into ${venv} ...`);
  install(venv, own, env);
  return own;
}

function install(venv: string, python: string, env: NodeJS.ProcessEnv): void {
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", "--clear", venv]],
    [python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]],
  ];
  for (const [program, args] of steps) {
    const { status, signal, stdout, stderr } = spawnSync(program, args, { env, encoding: "utf8" });
    if (status !== 0) {
      rmSync(venv, { recursive: true, force: true });
      if (signal) throw new Interrupted("Interrupted during the installation of moto.");
      const output = `${stdout}${stderr}`.trim().split("\n").slice(-3).join("\n");
      throw new Failure(
        `cannot install moto; install ${REQUIREMENTS} with pip, or try again with a network connection:\n${output}`,
      );
    }
  }
}
