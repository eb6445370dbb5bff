import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../../src/local/emulator/python";
import type { Progress } from "../../../src/process/progress";
import { temporaryFolder, writeProgram } from "../../support/temporary-folder";

const folder = temporaryFolder();
const bin = () => join(folder.path, "bin");
const venvPython = () => join(folder.path, "venv", "bin", "python3");
const notes: string[] = [];
const progress: Progress = {
  note: (text) => notes.push(text),
  live: () => undefined,
  clear: () => undefined,
};

beforeEach(() => {
  notes.length = 0;
  process.env.CODESERIES_LOCAL = folder.path;
  mkdirSync(bin());
});
afterEach(() => {
  delete process.env.CODESERIES_LOCAL;
});

const find = () => findPython({ PATH: `${bin()}:/bin:/usr/bin` }, progress);

/** A python3 that prints these versions, and records its other arguments. */
const python = (answer: string, otherwise = "true") => {
  const script = `case "$1" in -c) printf '${answer}' ;; *) echo "$@" >> ${folder.path}/asked; ${otherwise} ;; esac`;
  writeProgram(join(bin(), "python3"), script);
};

describe("a Python with moto", () => {
  it("is the one on the PATH if it has the pinned version", () => {
    python("3 11\\n5.2.1\\n/opt/python/bin/python3\\n");
    expect(find()).toBe("/opt/python/bin/python3");
  });

  it("is otherwise one in the local folder, into which moto is installed once", () => {
    const makesVenv = `mkdir -p ${folder.path}/venv/bin; test -e ${venvPython()} || cp "$0" ${venvPython()}`;
    python("3 11\\n5.1.0\\n", makesVenv);
    expect(find()).toBe(venvPython());
    expect(notes).toEqual([`Installing moto 5.2.1 into ${folder.path}/venv ...`]);
    const asked = readFileSync(join(folder.path, "asked"), "utf8");
    expect(asked).toMatch(
      /^-m venv --clear \S+\/venv\n-m pip install --quiet --requirement \S+\/src\/local\/moto\/requirements\.txt\n$/,
    );

    writeProgram(venvPython(), "printf '3 11\\n5.2.1\\n'");
    notes.length = 0;
    expect(find()).toBe(venvPython());
    expect(notes).toEqual([]);
  });

  it("is reported with the reason if moto cannot be installed", () => {
    python("3 11\\n", "echo no network >&2; exit 1");
    expect(find).toThrow(
      /cannot install moto; install \S+requirements\.txt with pip, or try again.*\nno network$/s,
    );
    expect(existsSync(venvPython())).toBe(false);
  });

  it("requires Python 3.10", () => {
    const advice = "The embedded AWS is moto 5.2.1, which requires Python 3.10 or newer.";
    python("3 9\\n");
    expect(find).toThrow(`python3 on the PATH is 3.9. ${advice}`);
    const empty = () => findPython({ PATH: join(folder.path, "none") }, progress);
    expect(empty).toThrow(`python3 is not on the PATH. ${advice}`);
  });
});
