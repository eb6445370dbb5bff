import type { Path, Warn } from "../../config/fault";
import type { Config } from "../../config/schema";
import { settingPath } from "../checks/service/setting-path";
import { systemOf } from "../system";

/** What the name of a secret ends in. */
const NAME =
  /(^|_)(PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|ACCOUNT)_?KEY)$/i;

/** Access keys of AWS, tokens of GitHub, GitLab, npm and Slack, private keys, and passwords in a URL. */
const VALUE =
  /^A[KS]IA[A-Z0-9]{16}$|^(gh[a-z]|github_pat|glpat|npm|xox[a-z])[_-]\w{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|^[a-z+]+:\/\/[^/\s:]*:[^/\s@]+@/;

/** Variables that look like secrets: everyone who may read the build, the tasks or the state sees them. */
export const visibleSecrets: Warn<Config> = (config) =>
  systemOf(config).deliveries.flatMap((delivery) => {
    const { build, task } = delivery.settings;
    const containers: (readonly [Path, Readonly<Record<string, string>>])[] = [
      [["build"], build.variables],
      [["task"], task.variables],
      ...Object.entries(task.sidecars).map(
        ([name, { variables }]) => [["task", "sidecars", name], variables] as const,
      ),
    ];
    return containers.flatMap(([path, variables]) =>
      Object.entries(variables)
        .filter(([name, value]) => value !== "" && (NAME.test(name) || VALUE.test(value)))
        .map(([name]) => ({
          path: settingPath(config, delivery, [...path, "variables", name]),
          text: `the value looks like a secret, and can be read in AWS and in Terraform's state; move it to ${path.join(".")}.secrets`,
        })),
    );
  });
