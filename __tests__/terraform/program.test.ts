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
const advice = "Terraform 1.11 or newer is required: https://developer.hashicorp.com/terraform/install";

describe("Terraform on the PATH", () => {
  it("must exist", () => {
    expect(check).toThrow(`terraform is not on the PATH. ${advice}`);
  });

  it.each(["1.10.5", "0.15.0", "1.2.9"])("%s is too old", (version) => {
    answer(version);
    expect(check).toThrow(`terraform on the PATH is ${version}. ${advice}`);
  });

  it.each(["1.11.0", "1.11.0-rc1", "1.15.2", "2.0.0"])("%s is accepted", (version) => {
    answer(version);
    expect(check).not.toThrow();
  });

  it("must print its version", () => {
    writeProgram(join(folder.path, "terraform"), "exit 3");
    expect(check).toThrow(`cannot read the version of terraform. ${advice}`);
  });
});
