import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../src/local/python";
import { Reporter } from "../../src/process/reporter";
import { temporaryFolder, writeProgram } from "../support/temporary-folder";

const folder = temporaryFolder();
const bin = () => join(folder.path, "bin");
const venvPython = () => join(folder.path, "venv", "bin", "python3");
const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  process.env.CODESERIES_LOCAL = folder.path;
  mkdirSync(bin());
});
afterEach(() => {
  delete process.env.CODESERIES_LOCAL;
});

const find = () =>
  findPython({ PATH: `${bin()}:/bin:/usr/bin` }, new Reporter({ write: (text) => said.push(text) }));

/** A python3 that answers our question so, and takes down what else it is asked. */
const python = (answer: string, otherwise = "true") => {
  const script = `case "$1" in -c) printf '${answer}' ;; *) echo "$@" >> ${folder.path}/asked; ${otherwise} ;; esac`;
  writeProgram(join(bin(), "python3"), script);
};

describe("a Python with moto", () => {
  it("is the machine's, where it has the pinned version", () => {
    python("3 11\\n5.2.1\\n");
    expect(find()).toBe("python3");
  });

  it("is one of its own otherwise, and moto is installed into it once", () => {
    const makesVenv = `mkdir -p ${folder.path}/venv/bin; test -e ${venvPython()} || cp "$0" ${venvPython()}`;
    python("3 11\\n5.1.0\\n", makesVenv);
    expect(find()).toBe(venvPython());
    expect(said.join("")).toBe(`Installing moto 5.2.1 into ${folder.path}/venv ...\n`);
    const asked = readFileSync(join(folder.path, "asked"), "utf8");
    expect(asked).toMatch(
      /^-m venv --clear \S+\/venv\n-m pip install --quiet --requirement \S+\/src\/local\/moto\/requirements\.txt\n$/,
    );

    writeProgram(venvPython(), "printf '3 11\\n5.2.1\\n'");
    said.length = 0;
    expect(find()).toBe(venvPython());
    expect(said).toEqual([]);
  });

  it("tells why moto cannot be installed", () => {
    python("3 11\\n", "echo no network >&2; exit 1");
    expect(find).toThrow(
      /moto cannot be installed; install \S+requirements\.txt with pip yourself.*\nno network$/s,
    );
    expect(existsSync(venvPython())).toBe(false);
  });

  it("needs a Python, and no older one", () => {
    const advice = "The embedded AWS is moto 5.2.1, which needs Python 3.10 or newer.";
    python("3 9\\n");
    expect(find).toThrow(`python3 on the PATH is 3.9. ${advice}`);
    const empty = () => findPython({ PATH: join(folder.path, "none") }, new Reporter({ write: () => true }));
    expect(empty).toThrow(`python3 is not on the PATH. ${advice}`);
  });
});
