import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesizedEvidence } from "../../src/access/evidence/synthesized";
import { wiringFaults } from "../../src/access/wiring/wiring";
import { configOf, synthApp } from "../support/synth-app";

const fileOf = (file: string) => readFileSync(join(__dirname, "..", "..", file), "utf8");
const shipped = fileOf("codeseries.yaml");
const three = fileOf("__tests__/fixtures/three-environments.yaml");

/** A configuration with lines added after one that it has. */
function withLines(yaml: string, after: string, ...lines: readonly string[]): string {
  if (!yaml.includes(`${after}\n`)) throw new Error(`there is no ${after}`);
  return yaml.replace(`${after}\n`, [after, ...lines, ""].join("\n"));
}

describe("the wiring of a configuration", () => {
  it.each([
    ["that is shipped", shipped],
    ["of three environments", three],
    [
      "whose environment is in the shared account, approved, with access logs",
      withLines(
        shipped,
        "    cluster: main",
        "    account: shared",
        "    approval: true",
        "    ingress: { accessLogsBucket: bys-dev-access-logs }",
      ),
    ],
    [
      "with a shell, traces, secrets, and variables that Terraform could read",
      withLines(
        shipped,
        "    healthCheckPath: /iam/actuator/health",
        "    task:",
        "      exec: true",
        "      xray: true",
        "      variables: { PATTERN: '%{level} ${message}' }",
        "      secrets: { KEY: 'arn:aws:ssm:ap-northeast-2:558846431111:parameter/key' }",
        "    build: { buildspec: ci/buildspec.yml, variables: { ROLE: '$${aws_iam_role.any.arn} %{if}' } }",
      ),
    ],
    [
      "whose accounts have things of one name",
      withLines(
        three,
        "names:",
        "  taskFamily: '{service}'",
        "  service: '{service}'",
        "  deploymentGroup: '{service}'",
        "  executionRole: '{service}-execution'",
        "  artifactBucket: '{service}-{environment}'",
      ),
    ],
  ])("%s leads where the chain says", (_, yaml) => {
    const config = configOf(yaml);
    const stacks = synthApp(config);
    expect(wiringFaults(config, synthesizedEvidence(stacks), stacks)).toEqual([]);
  });
});
