import { edit, faultsIn, shippedYaml } from "../support/faults";

const CONNECTION =
  'source: { connection: { arn: "arn:aws:codeconnections:REGION:202949997891:connection/1a", repository: a/b } }';
const inRegion = (region: string, connected = false) => {
  const text = edit(shippedYaml, ["region: ap-northeast-2", `region: ${region}`]);
  return faultsIn(
    connected
      ? edit(text, ["source: { repository: awssdk-iam }", CONNECTION.replace("REGION", region)])
      : text,
  );
};

describe("a region", () => {
  it.each(["ap-east-2", "ap-southeast-7", "ca-west-1", "mx-central-1"])(
    "without CodePipeline is refused: %s",
    (region) => {
      const fault = [`c.yaml:6:9 region: expected a region that has CodePipeline, got "${region}"`];
      expect(inRegion(region)).toEqual(fault);
      expect(inRegion(region, true)).toEqual(fault);
    },
  );

  it.each(["ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "eu-central-2", "eu-south-2"])(
    "without CodeCommit is refused where a repository is made: %s",
    (region) => {
      expect(inRegion(region)).toEqual([
        `c.yaml:6:9 region: expected a region that has CodeCommit, or source.connection of awssdk-iam, got "${region}"`,
      ]);
      expect(inRegion(region, true)).toEqual([]);
    },
  );

  it.each(["cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"])(
    "of another partition is refused as such: %s",
    (region) => {
      expect(inRegion(region)).toEqual([
        `c.yaml:6:9 region: expected a region of the aws partition only, not of China, GovCloud or another partition, got "${region}"`,
      ]);
    },
  );

  it("that is misspelled is refused with a region that is like it", () => {
    expect(inRegion("eu-cental-1")).toEqual([
      'c.yaml:6:9 region: expected an AWS region such as eu-central-1, got "eu-cental-1"',
    ]);
  });
});
