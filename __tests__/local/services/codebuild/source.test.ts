import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { S3Client } from "@aws-sdk/client-s3";
import type { Build } from "../../../../src/local/services/codebuild/build";
import { downloadSource } from "../../../../src/local/services/codebuild/storage/source";
import { GitClient } from "../../../support/git-client";
import { temporaryFolder } from "../../../support/temporary-folder";

const root = temporaryFolder();

/** Reads a source artifact that is what the pipeline stores for a build that clones. */
async function download(reference: object): Promise<string> {
  const s3 = Object.assign(new S3Client({ region: "eu-west-1" }), {
    send: () => Promise.resolve({ Body: Readable.from([JSON.stringify(reference)]) }),
  });
  const folder = join(root.path, "src");
  mkdirSync(folder);
  const build = { sourceVersion: "arn:aws:s3:::store/source", source: { type: "CODEPIPELINE" } } as Build;
  await downloadSource(s3, build, folder, root.path, "eu-west-1");
  return folder;
}

beforeEach(() => {
  process.env.CODESERIES_LOCAL = root.path;
});
afterEach(() => {
  delete process.env.CODESERIES_LOCAL;
});

describe("a source in the format CODEBUILD_CLONE_REF", () => {
  it("is cloned with its history, at the commit of the execution", async () => {
    const remote = await new GitClient().init();
    const first = await remote.commit("first", { version: "1" });
    const second = await remote.commit("second", { version: "2" });
    await remote.commit("third", { version: "3" });
    const folder = await download({ CloneUrl: remote.folder, CommitId: second });
    expect(readFileSync(join(folder, "version"), "utf8")).toBe("2");
    const cloned = await remote.git("-C", folder, "log", "--format=%H");
    expect(cloned.split("\n")).toEqual([second, first]);
    remote.remove();
  });

  it("fails the build if there is no such repository", async () => {
    const reference = { CloneUrl: join(root.path, "none.git"), CommitId: "0".repeat(40) };
    await expect(download(reference)).rejects.toThrow(
      /^CLIENT_ERROR: fatal: .*none\.git.* for primary source and source version 0{40}$/s,
    );
  });
});
