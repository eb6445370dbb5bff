import { join } from "node:path";
import { requireTerraform } from "../../src/terraform/program";
import { temporaryFolder, writeProgram } from "../support/temporary-folder";

const folder = temporaryFolder();
const check = () => {
  requireTerraform({ PATH: folder.path });
};
const answer = (version: string) => {
  writeProgram(join(folder.path, "terraform"), `echo '{"terraform_version": "${version}"}'`);
};
const advice = "Terraform 1.11 or newer is needed: https://developer.hashicorp.com/terraform/install";

describe("Terraform on the PATH", () => {
  it("has to be there", () => {
    expect(check).toThrow(`terraform is not on the PATH. ${advice}`);
  });

  it.each(["1.10.5", "0.15.0", "1.2.9"])("%s is too old", (version) => {
    answer(version);
    expect(check).toThrow(`terraform on the PATH is ${version}. ${advice}`);
  });

  it.each(["1.11.0", "1.11.0-rc1", "1.15.2", "2.0.0"])("%s will do", (version) => {
    answer(version);
    expect(check).not.toThrow();
  });

  it("has to tell its version", () => {
    writeProgram(join(folder.path, "terraform"), "exit 3");
    expect(check).toThrow(`terraform does not tell its version. ${advice}`);
  });
});
