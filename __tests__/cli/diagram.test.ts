import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../support/run-cli";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const run = (...args: string[]) => runCli(["diagram", ...args], { CDKTF_OUTDIR: folder.path });

const manifest = { stacks: { dev: { synthesizedStackPath: "dev.json" } } };
const stack = {
  provider: { aws: [{ allowed_account_ids: ["111122223333"], region: "eu-west-1" }] },
  resource: { aws_ecr_repository: { app: { name: "app" } } },
};

function write(dev: string): void {
  writeFileSync(join(folder.path, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder.path, "dev.json"), dev);
}

describe("codeseries diagram", () => {
  it("exits 2 if nothing was synthesized, and says how to", async () => {
    expect(await run()).toEqual({
      code: 2,
      out: "",
      err: `${folder.path}: no stacks\nto write them: npx codeseries synth`,
    });
  });

  it("exits 2 on a stack that is missing or is not JSON", async () => {
    writeFileSync(join(folder.path, "manifest.json"), JSON.stringify(manifest));
    expect((await run()).err).toContain(`${join(folder.path, "dev.json")}: no such file`);
    write("{");
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining("expected JSON") as string });
  });

  it("prints a picture, or what it shows as JSON", async () => {
    write(JSON.stringify(stack));
    const { code, out } = await run();
    expect([code, out.slice(0, 4), out.trimEnd().slice(-6)]).toEqual([0, "<svg", "</svg>"]);
    expect(out).toContain(">account 111122223333<");
    expect(JSON.parse((await run("--json")).out)).toMatchObject({
      accounts: [{ id: "111122223333", stacks: [{ name: "dev", nodes: [{ title: "ECR", name: "app" }] }] }],
      edges: [],
    });
  });
});
