import { stringify } from "yaml";
import { checkAccount, checkBranch, checkDockerfile, checkVariables } from "./build-checks";
import { REPORTS_FOLDER, buildImage, type ImageSource } from "./build-image";
import { OUTPUT_FOLDER } from "./build-script";
import { checkSize, collectFiles } from "./collect-files";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE } from "./files";

export type { ImageSource } from "./build-image";

/** CodeBuild puts the project's name and a hyphen in front of it. */
const REPORT_GROUP = "tests";

/** The part of a buildspec that takes the results of tests from a folder. */
export const reportsIn = (folder: string) => ({
  reports: { [REPORT_GROUP]: { files: ["**/*.xml"], "base-directory": folder, "file-format": "JUNITXML" } },
});

/**
 * The buildspec of a repository that has none: it needs only a Dockerfile.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpec(source: ImageSource): string {
  // Without ABORT, post_build runs after a build that failed.
  const phase = (...commands: readonly string[]) => ({ "on-failure": "ABORT", commands });
  const content = {
    version: 0.2,
    env: { shell: "bash", "exported-variables": ["IMAGE_TAG", "IMAGE_URI"] },
    phases: {
      pre_build: phase(checkVariables, checkBranch, checkAccount, checkDockerfile(source)),
      build: phase(buildImage(source)),
      post_build: phase(collectFiles, checkSize),
    },
    ...(source.reports && reportsIn(REPORTS_FOLDER)),
    artifacts: {
      "base-directory": OUTPUT_FOLDER,
      files: [IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE, APP_SPEC_FILE],
    },
  };
  return stringify(content, { blockQuote: "literal", lineWidth: 0 });
}
