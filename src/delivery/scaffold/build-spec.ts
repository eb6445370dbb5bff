import { stringify } from "yaml";
import { checkAccount, checkBranch, checkVariables } from "../build-checks";
import { REPORTS_FOLDER, type ImageSource } from "../build-image";
import { OUTPUT_FOLDER, script } from "../build-script";
import { reportsIn } from "../build-spec";
import { checkFiles, checkSize } from "../collect-files";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE } from "../files";
import { buildImage, fillFiles, pushAsPushRole, type ScaffoldedBuild } from "./commands";
import type { Gradle } from "./repository";

const indented = (text: string, spaces: number) => text.trimEnd().replace(/^(?=.)/gm, " ".repeat(spaces));

/** Commands of a phase, each with the reason above it. A phase that fails ends the build. */
function phase(name: string, ...commands: readonly (readonly [reason: string, command: string])[]): string {
  const items = commands.map(([reason, command]) => {
    const lines = command.trimEnd();
    return `# ${reason}\n- ${lines.includes("\n") ? `|\n${indented(lines, 2)}` : lines}`;
  });
  return `  ${name}:\n    on-failure: ABORT\n    commands:\n${indented(items.join("\n"), 6)}`;
}

const installJava = ({ java }: Gradle) =>
  `  install:\n    on-failure: ABORT\n    runtime-versions:\n      java: corretto${java}`;

/** Where Gradle writes the results of tests. */
const GRADLE_REPORTS = "build/test-results/test";

/** The buildspec that a repository owns. Results of tests are Gradle's, or those of a stage of the Dockerfile. */
export function scaffoldedBuildSpec(build: ScaffoldedBuild, source: ImageSource): string {
  const { gradle, appSpec } = build.repository;
  const { reports } = source;
  const tasks = gradle && `clean ${reports ? "test " : ""}${gradle.task}`;
  const phases = [
    ...(gradle ? [installJava(gradle)] : []),
    phase(
      "pre_build",
      ["The project and the pipeline set these variables.", checkVariables],
      ["The pipeline of an environment delivers one branch.", checkBranch],
      ["The image belongs into the account of the environment.", checkAccount],
      ["The values of the environment take the place of the placeholders.", fillFiles(build)],
    ),
    phase(
      "build",
      ...(gradle && tasks
        ? ([
            ["Builds the application.", `${gradle.wrapper ? "sh ./gradlew" : "gradle"} --no-daemon ${tasks}`],
          ] as const)
        : []),
      [
        "Builds the image. Each build has a tag of its own.",
        buildImage({ ...source, reports: reports && !gradle }),
      ],
      ["Pushes it. From here on no code of the repository runs.", pushAsPushRole],
    ),
    phase(
      "post_build",
      ["The deploy action needs these files.", script(...checkFiles(appSpec))],
      ["It reads no larger artifact, and its message does not say so.", checkSize],
    ),
  ];
  return `# Builds and pushes the image of ${build.service}. This repository owns the file: change what you need.
version: 0.2

env:
  shell: bash
  exported-variables: [IMAGE_TAG, IMAGE_URI]

phases:
${phases.join("\n\n")}

${reports ? `${stringify(reportsIn(gradle ? GRADLE_REPORTS : REPORTS_FOLDER))}\n` : ""}artifacts:
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
