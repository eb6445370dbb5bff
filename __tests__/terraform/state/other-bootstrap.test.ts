import { otherBootstrap, requireSafeBucket } from "../../../src/terraform/state/other-bootstrap";
import { fakeS3 } from "../../support/fake-s3";

const OWN = "codeseries/bys/bootstrap.tfstate";
const state = { outputs: { state_bucket: { value: "states" } } };

describe("a bucket that another system manages", () => {
  it("is known by that system's state of the bucket", async () => {
    const other = "codeseries/acme/bootstrap.tfstate";
    expect(await otherBootstrap(fakeS3({ [other]: state, a: {} }), "states", OWN)).toBe(other);
    expect(await otherBootstrap(fakeS3({ "bootstrap.tfstate": state }), "states", OWN)).toBe(
      "bootstrap.tfstate",
    );
  });

  it("is none if the state is this system's, another bucket's or of another kind", async () => {
    expect(await otherBootstrap(fakeS3({ [OWN]: state }), "states", OWN)).toBeUndefined();
    const others = { "a/bootstrap.tfstate": { outputs: {} }, "a/dev.tfstate": state };
    expect(await otherBootstrap(fakeS3(others), "states", OWN)).toBeUndefined();
    const elsewhere = { outputs: { state_bucket: { value: "elsewhere" } } };
    expect(await otherBootstrap(fakeS3({ "a/bootstrap.tfstate": elsewhere }), "states", OWN)).toBeUndefined();
  });
});

describe("the settings of such a bucket", () => {
  const safe = {
    GetBucketVersioning: { Status: "Enabled" },
    GetBucketEncryption: { ServerSideEncryptionConfiguration: { Rules: [{}] } },
    GetPublicAccessBlock: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  };

  it("are enough with versioning, encryption and a block of public access", async () => {
    await expect(requireSafeBucket(fakeS3({}, safe), "states")).resolves.toBeUndefined();
  });

  it("are named where they are missing", async () => {
    await expect(requireSafeBucket(fakeS3({}, { GetBucketVersioning: {} }), "states")).rejects.toThrow(
      "state.bucket: states holds the states of other systems, but has no versioning and no default encryption and no block of all public access",
    );
    const open = { PublicAccessBlockConfiguration: { BlockPublicAcls: true } };
    await expect(
      requireSafeBucket(fakeS3({}, { ...safe, GetPublicAccessBlock: open }), "states"),
    ).rejects.toThrow("but has no block of all public access");
  });
});
