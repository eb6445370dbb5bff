import { oversizedDocuments } from "../../src/synthesis/document-limits";
import type { SynthesizedStack } from "../../src/synthesis/synthesized";
import { shippedYaml } from "../support/faults";
import { configOf, synthApp } from "../support/synth-app";

const secretArn = (index: number) =>
  `arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:dev/awssdk-iam/a-secret-of-some-length-${index}-AbCdEf`;

function devWith(task: object): SynthesizedStack {
  const yaml = shippedYaml.replace("port: 10012", `port: 10012\n    task: ${JSON.stringify(task)}`);
  return synthApp(configOf(yaml)).dev ?? {};
}

const secretArns = (count: number) => Array.from({ length: count }, (_, index) => secretArn(index));
const secrets = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`SECRET_${index}`, secretArn(index)]));

describe("document limits", () => {
  it("let the shipped configuration and a few dozen secrets pass", () => {
    expect(oversizedDocuments("dev", devWith({ secrets: secrets(40) }))).toEqual([]);
  });

  it("refuse a role policy of more than 10,240 characters, at the service whose secrets it holds", () => {
    expect(oversizedDocuments("dev", devWith({ secrets: secrets(120) }))).toEqual([
      {
        path: ["services", "awssdk-iam"],
        atKey: true,
        expected: "fewer secrets or statements of policies: AWS takes a role policy of 10240 characters",
        got: expect.stringMatching(/^\d+ characters$/) as string,
      },
    ]);
  });

  it("refuse inline policies of one role that are longer together", () => {
    const half = { actions: ["s3:GetObject"], resources: secretArns(80) };
    expect(oversizedDocuments("dev", devWith({ policies: [half] }))).toEqual([]);
    const faults = oversizedDocuments("shared", {
      resource: {
        aws_iam_role_policy: Object.fromEntries(
          ["a", "b"].map((id) => [
            id,
            { role: "one", policy: "x".repeat(6_000), "//": { metadata: { path: "dev/services/web/role" } } },
          ]),
        ),
      },
    });
    expect(faults).toMatchObject([{ path: ["services", "web"], got: "12000 characters" }]);
  });

  it("refuse a task definition of more than 64 KiB", () => {
    const faults = oversizedDocuments("dev", devWith({ variables: { LONG: "x".repeat(66_000) } }));
    expect(faults.map(({ expected }) => expected)).toEqual([
      "fewer variables and secrets: AWS takes a task definition of 65536 characters",
    ]);
  });

  const stackWith = (type: string, attribute: string, size: number): SynthesizedStack => ({
    resource: {
      [type]: { one: { [attribute]: "x".repeat(size), "//": { metadata: { path: "prd/network/one" } } } },
    },
  });

  it.each([
    ["aws_iam_role", "assume_role_policy", 2_048],
    ["aws_iam_role_policy", "policy", 10_240],
    ["aws_iam_policy", "policy", 6_144],
    ["aws_s3_bucket_policy", "policy", 20_480],
    ["aws_kms_key_policy", "policy", 32_768],
  ])("take %s at its limit and not beyond", (type, attribute, max) => {
    expect(oversizedDocuments("prd", stackWith(type, attribute, max))).toEqual([]);
    expect(oversizedDocuments("prd", stackWith(type, attribute, max + 1))).toMatchObject([
      { path: ["environments", "prd"], got: `${max + 1} characters` },
    ]);
  });

  it("count a reference as the longest ARN that it can be", () => {
    const [stack] = [1].map(() => stackWith("aws_s3_bucket_policy", "policy", 20_480 - 120));
    const one = stack?.resource?.aws_s3_bucket_policy?.one;
    const referring = {
      resource: { aws_s3_bucket_policy: { one: { ...one, policy: `${String(one?.policy)}\${a.b.c}` } } },
    };
    expect(oversizedDocuments("prd", referring)).toEqual([]);
  });
});
