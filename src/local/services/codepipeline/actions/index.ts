import { approve } from "./approval";
import { build } from "./build";
import { codeCommitSource } from "./code-commit-source";
import { connectionSource } from "./connection-source";
import { deploy } from "./deploy";
import type { Provider } from "./provider";

/** The actions that the embedded AWS runs, by their provider. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  CodeBuild: build,
  CodeCommit: codeCommitSource,
  CodeDeployToECS: deploy,
  CodeStarSourceConnection: connectionSource,
  Manual: approve,
};
