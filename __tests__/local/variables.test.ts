import { spawnSync } from "node:child_process";
import {
  applyEnvironment,
  conflictingVariables,
  embeddedVariables,
  exportLines,
} from "../../src/local/variables";

const emulator = {
  pid: 1,
  startTime: "now",
  url: "http://127.0.0.1:5000",
  since: "2026-01-01T00:00:00.000Z",
  operator: { accountId: "111111111111", accessKeyId: "AKIA", secretAccessKey: "it's $HOME" },
};

describe("the variables of the embedded AWS", () => {
  const variables = embeddedVariables(emulator, "eu-central-1", { TF_CLI_CONFIG_FILE: "/x/terraform.rc" });

  it("include the CLI configuration only if there is one", () => {
    expect(Object.keys(variables)).toEqual([
      "AWS_ENDPOINT_URL",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_REGION",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "TF_CLI_CONFIG_FILE",
    ]);
    expect(embeddedVariables(emulator, "eu-central-1", {})).not.toHaveProperty("TF_CLI_CONFIG_FILE");
  });

  it("keep their values through a shell", () => {
    const script = `eval "$LINES_TO_EVAL" && printf %s "$AWS_SECRET_ACCESS_KEY"`;
    const env = { LINES_TO_EVAL: exportLines(variables) };
    expect(spawnSync("/bin/sh", ["-c", script], { env, encoding: "utf8" }).stdout).toBe("it's $HOME");
  });

  it("replace every credential and setting of a real AWS", () => {
    const env: NodeJS.ProcessEnv = {
      PATH: "/bin",
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "secret",
      TF_WORKSPACE: "other",
      TF_CLI_ARGS_apply: "-auto-approve",
    };
    applyEnvironment(env, variables);
    expect(env).toEqual({
      PATH: "/bin",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      ...variables,
    });
  });

  it("are overridden by these variables, and by no others", () => {
    const conflicting = {
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "secret",
      AWS_ENDPOINT_URL_S3: "http://s3",
    };
    expect(conflictingVariables({ ...variables, ...conflicting, PATH: "/bin" })).toEqual(
      Object.keys(conflicting),
    );
  });
});
