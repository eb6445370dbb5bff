import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gitEnvironment } from "../../codecommit/git";
import { gitVariables } from "../../codecommit/variables";
import { BuildError } from "../buildspec/build-error";

const run = promisify(execFile);

/** The part of a source artifact in the format CODEBUILD_CLONE_REF that a build reads. */
interface Reference {
  readonly CloneUrl: string;
  readonly CommitId: string;
}

/**
 * Clones what a source artifact refers to, with its history, and checks the commit out.
 *
 * @throws BuildError if the repository cannot be cloned, or has not the commit.
 */
export async function cloneReference(reference: string, folder: string, region: string): Promise<void> {
  const { CloneUrl, CommitId } = JSON.parse(reference) as Reference;
  const env = { ...gitEnvironment(), ...gitVariables(region), GIT_TERMINAL_PROMPT: "0" };
  try {
    await run("git", ["clone", "--quiet", "--no-checkout", CloneUrl, folder], { env });
    await run("git", ["-C", folder, "checkout", "--quiet", "--detach", CommitId], { env });
  } catch (error) {
    const { message, stderr } = error as Error & { readonly stderr?: string };
    throw new BuildError(
      "CLIENT_ERROR",
      `${(stderr ?? message).trim()} for primary source and source version ${CommitId}`,
    );
  }
}
