import { HOST } from "../../emulator/port";
import { knownPort } from "../../reconcile/ports";
import { codeCommitHost, GIT_PORT } from "./repositories";

/** Variables with which git uses the embedded AWS for the URLs of CodeCommit; none if its server was never started. */
export function gitVariables(region: string): Record<string, string> {
  const port = knownPort(GIT_PORT);
  if (port === undefined) return {};
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.http://${HOST}:${port}/.insteadOf`,
    GIT_CONFIG_VALUE_0: codeCommitHost(region),
  };
}
