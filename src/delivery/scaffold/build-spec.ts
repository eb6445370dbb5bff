import { checkAccount, checkBranch, checkVariables } from "../build-checks";
import { OUTPUT_FOLDER } from "../build-script";
import { checkSize } from "../collect-files";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE } from "../files";
import { buildImage, checkFiles, fillFiles, nameImage, pushImage, type ScaffoldedBuild } from "./commands";

const indented = (text: string, spaces: number) => text.trimEnd().replace(/^(?=.)/gm, " ".repeat(spaces));

/** Commands of a phase, each with the reason above it. A phase that fails ends the build. */
function phase(name: string, ...commands: readonly (readonly [reason: string, command: string])[]): string {
  const items = commands.map(([reason, command]) => {
    const lines = command.trimEnd();
    return `# ${reason}\n- ${lines.includes("\n") ? `|\n${indented(lines, 2)}` : lines}`;
  });
  return `  ${name}:\n    on-failure: ABORT\n    commands:\n${indented(items.join("\n"), 6)}`;
}

/** The buildspec that a repository owns. */
export function scaffoldedBuildSpec(build: ScaffoldedBuild): string {
  const { gradle } = build.repository;
  const install =
    gradle && `  install:\n    on-failure: ABORT\n    runtime-versions:\n      java: corretto${gradle.java}`;
  const phases = [
    ...(install === undefined ? [] : [install]),
    phase(
      "pre_build",
      ["The project and the pipeline set these variables.", checkVariables],
      ["The pipeline of an environment delivers one branch.", checkBranch],
      ["The image belongs into the account of the environment.", checkAccount],
      ["The values of the environment take the place of the placeholders.", fillFiles(build)],
    ),
    phase(
      "build",
      ["Tags are immutable, and a commit can be built again.", nameImage],
      ...(gradle
        ? ([
            [
              "Builds the application.",
              `${gradle.wrapper ? "sh ./gradlew" : "gradle"} --no-daemon clean ${gradle.task}`,
            ],
          ] as const)
        : []),
      ["Builds the image.", buildImage(build)],
      [
        "From here on no code of the repository runs. The credentials of the push role are not exported.",
        pushImage,
      ],
    ),
    phase(
      "post_build",
      ["The deploy action needs these files.", checkFiles],
      ["It reads no larger artifact, and says so of none.", checkSize],
    ),
  ];
  return `# Builds and pushes the image of ${build.service}. This repository owns the file: change what you need.
version: 0.2

env:
  shell: bash
  exported-variables: [IMAGE_TAG, IMAGE_URI]

phases:
${phases.join("\n\n")}

artifacts:
  base-directory: ${OUTPUT_FOLDER}
  files: [${[IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE, APP_SPEC_FILE].join(", ")}]
${gradle ? CACHE : ""}`;
}

const CACHE = `
cache:
  paths:
    - /root/.gradle/caches/**/*
    - /root/.gradle/wrapper/**/*
`;
