import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile, packageJson } from "../../src/process/package-file";

const root = join(__dirname, "..", "..");

describe("packageFile", () => {
  it("finds the package's files from any working directory", () => {
    const before = process.cwd();
    process.chdir(tmpdir());
    try {
      expect(packageFile("src/local/moto/server.py")).toBe(join(root, "src/local/moto/server.py"));
    } finally {
      process.chdir(before);
    }
  });

  it("names a file that exists", () => {
    expect(existsSync(packageFile("src/local/moto/requirements.txt"))).toBe(true);
  });
});

it("the package's version and the versions that it was tested with are in its package.json", () => {
  const { name, version, devDependencies } = packageJson();
  expect(name).toBe("codeseries");
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(devDependencies.cdktf).toMatch(/^\d+\.\d+\.\d+$/);
});
