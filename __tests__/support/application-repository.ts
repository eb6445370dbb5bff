import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { appSpecFile } from "../../src/delivery/app-spec";
import { taskDefinitionFile } from "../../src/delivery/task-definition";
import { findingsIn as find } from "../../src/repository/check/check";
import { showFinding } from "../../src/repository/check/finding";
import { Repository } from "../../src/repository/check/repository";
import { appSpecOf, taskDefinitionOf } from "../../src/stacks/delivered";
import type { Delivery } from "../../src/system/system";

/** The texts of a repository's files, by path. */
export type Files = Readonly<Record<string, string>>;

/** A folder with these files, removed after `use`. */
export function inRepository<Result>(files: Files, use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-repository-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines that `codeseries check-repository` prints; those of warnings begin with "warning: ". */
export const findingsIn = (files: Files, deliveries: readonly Delivery[]): string[] =>
  inRepository(files, (folder) =>
    find(new Repository(folder), deliveries).map(
      (finding) => `${finding.warning ? "warning: " : ""}${showFinding(finding)}`,
    ),
  );

/** The files of a repository that owns them, for one delivery. */
export const ownFiles = (delivery: Delivery): Files => ({
  "codeseries/codedeploy/taskdef.json": taskDefinitionFile(taskDefinitionOf(delivery)),
  "codeseries/codedeploy/appspec.yml": appSpecFile(appSpecOf(delivery)),
});
