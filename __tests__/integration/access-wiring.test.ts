import { synthesizedEvidence } from "../../src/access/synthesized";
import type { Stacks } from "../../src/access/synthesis";
import { wiringFaults } from "../../src/access/wiring";
import { changed, systemOf } from "../support/evidence";

const { config, evidence, stacks } = systemOf("codeseries.yaml");
const DEV = "558846431111";
const SHARED = "202949997891";

const faultsOf = (broken: Stacks) => wiringFaults(config, synthesizedEvidence(broken), broken);

describe("the wiring of the shipped configuration", () => {
  it("leads where the chain says", () => {
    expect(wiringFaults(config, evidence, stacks)).toEqual([]);
  });
});

describe("an argument changed by hand", () => {
  const key = /\$\{aws_kms_key\.[^.]+\.arn\}/.exec(JSON.stringify(stacks.shared))?.[0] ?? "";
  const alias = `arn:aws:kms:ap-northeast-2:${SHARED}:alias/bys-shared-kms-codeseries-awssdk-iam`;

  it.each([
    [
      "a pipeline",
      `"encryption_key":{"id":"${key}"`,
      `"encryption_key":{"id":"${alias}"`,
      "aws_codepipeline",
    ],
    ["a build", `"encryption_key":"${key}"`, `"encryption_key":"${alias}"`, "aws_codebuild_project"],
    [
      "the bucket's default",
      `"kms_master_key_id":"${key}"`,
      `"kms_master_key_id":"${alias}"`,
      "aws_s3_bucket_server_side_encryption_configuration",
    ],
  ])("an alias in place of the key's ARN, in %s, is named", (_, part, by, type) => {
    const wiring = faultsOf(changed(stacks, part, by));
    expect(wiring).toMatchObject([{ type, got: alias }]);
  });

  it.each([
    [
      "the deploy action's role",
      `"role_arn":"\${data.terraform_remote_state`,
      `"role_arn":"arn:aws:iam::999999999999:role/x\${data.terraform_remote_state`,
      "aws_codepipeline",
    ],
    [
      "a pipeline's start",
      `"rule":"\${aws_cloudwatch_event_rule`,
      `"rule":"x\${aws_cloudwatch_event_rule`,
      "aws_cloudwatch_event_target",
    ],
    [
      "the registry of a build",
      `"value":"${DEV}.dkr.ecr`,
      `"value":"999999999999.dkr.ecr`,
      "aws_codebuild_project",
    ],
  ])("%s that leads elsewhere is named", (_, part, by, type) => {
    const wiring = faultsOf({ ...stacks, shared: changed(stacks.shared ?? {}, part, by) });
    expect(wiring.map((fault) => fault.type)).toContain(type);
  });
});
