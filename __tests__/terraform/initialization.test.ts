import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dropChecksums, LOCK_FILE } from "../../src/terraform/initialization";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const provider = (name: string, hashes: string) =>
  `provider "registry.terraform.io/hashicorp/${name}" {\n  version     = "5.100.0"\n  constraints = "5.100.0"\n${hashes}}\n`;

describe("dropChecksums", () => {
  it("removes the checksums of each provider, and nothing else", () => {
    const file = join(folder.path, LOCK_FILE);
    const one = '  hashes = [\n    "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",\n  ]\n';
    const two = '  hashes = [\n    "h1:abc=",\n    "zh:0123",\n  ]\n';
    writeFileSync(file, `# Comment.\n\n${provider("aws", one)}\n${provider("null", two)}`);
    dropChecksums(folder.path);
    expect(readFileSync(file, "utf8")).toBe(`# Comment.\n\n${provider("aws", "")}\n${provider("null", "")}`);
  });

  it("makes no lock file where there is none: a stack may have no provider to install", () => {
    dropChecksums(folder.path);
    expect(() => readFileSync(join(folder.path, LOCK_FILE))).toThrow("ENOENT");
  });
});
