import { evaluate } from "../../../src/permissions/check/evaluate";
import type { PolicyJson } from "../../../src/permissions/read/policy-json";
import { changed, provableSystem, simulate } from "../../support/proof";
import { SHARED, bucket, key, pipelineRole, seed } from "../../support/seed";

const shipped = provableSystem("codeseries.yaml");

describe("an upload under each form of the bucket policy", () => {
  const ALGORITHM = "s3:x-amz-server-side-encryption";
  const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const otherKey = key.replace("11112222", "99998888");
  const own = changed(shipped.policies, shipped.policies.keys[0]?.arn ?? "", key).buckets.find(
    ({ arn }) => arn === bucket,
  );
  const forms = {
    seed: seed("bucket-policy"),
    ifExists: changed(seed("bucket-policy"), '"StringNotEquals"', '"StringNotEqualsIfExists"'),
    own: own?.policy ?? seed("bucket-policy"),
  };

  const put = async (document: PolicyJson, context: Record<string, string>) => {
    const resource = { kind: "bucket" as const, holder: bucket, account: SHARED, name: "policy", document };
    const { result } = await evaluate(
      {
        principal: pipelineRole,
        action: "s3:PutObject",
        resource: `${bucket}/bys-shared-cdpl-awss/SourceArti/4xGk2Pq`,
        owner: SHARED,
        context,
        assumeAllowed: "identity",
      },
      { identity: [], resource },
      simulate,
    );
    return result === "Allowed" ? "allowed" : "DENY";
  };

  it.each([
    ["no header", {}, "DENY", "DENY", "allowed"],
    ["AES256", { [ALGORITHM]: "AES256" }, "DENY", "DENY", "DENY"],
    ["aws:kms and the key", { [ALGORITHM]: "aws:kms", [KEY_ID]: key }, "allowed", "allowed", "allowed"],
    ["aws:kms and another key", { [ALGORITHM]: "aws:kms", [KEY_ID]: otherKey }, "allowed", "allowed", "DENY"],
    ["aws:kms and no key", { [ALGORITHM]: "aws:kms" }, "allowed", "allowed", "DENY"],
    ["aws:kms:dsse", { [ALGORITHM]: "aws:kms:dsse" }, "DENY", "DENY", "DENY"],
  ])("with %s", async (_, headers, ofSeed, ofIfExists, ofOwn) => {
    expect({
      seed: await put(forms.seed, headers),
      ifExists: await put(forms.ifExists, headers),
      own: await put(forms.own, headers),
    }).toEqual({ seed: ofSeed, ifExists: ofIfExists, own: ofOwn });
  });
});
