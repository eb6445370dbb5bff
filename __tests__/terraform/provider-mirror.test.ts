import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProviderMirror, mirrorConfiguration } from "../../src/terraform/provider-mirror";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "codeseries-test-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function mirrorAt(...folder: string[]): string {
  const mirror = join(home, ...folder);
  mkdirSync(join(mirror, "registry.terraform.io/hashicorp/aws"), { recursive: true });
  return mirror;
}

describe("the provider mirror", () => {
  it("is the one that the variable names", () => {
    mirrorAt(".terraform.d", "plugins");
    const own = mirrorAt("own");
    expect(findProviderMirror({ CODESERIES_PROVIDER_MIRROR: own }, home)).toBe(own);
  });

  it("is an implied mirror of Terraform if the variable is not set", () => {
    const implied = mirrorAt(".terraform.d", "plugins");
    expect(findProviderMirror({}, home)).toBe(implied);
  });

  it("is refused when the variable names a folder without the provider", () => {
    expect(() => findProviderMirror({ CODESERIES_PROVIDER_MIRROR: home }, home)).toThrow(
      `CODESERIES_PROVIDER_MIRROR: expected a folder that contains registry.terraform.io/hashicorp/aws, got "${home}"`,
    );
  });

  it("is written into Terraform's configuration as an escaped string", () => {
    expect(mirrorConfiguration('/a "b"')).toContain('path    = "/a \\"b\\""');
  });
});
