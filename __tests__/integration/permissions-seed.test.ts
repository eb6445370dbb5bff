import type { Policies } from "../../src/permissions";
import type { PolicyJson } from "../../src/permissions/read/policy-json";
import type { Failure } from "../../src/permissions/report/failures";
import { changed, failuresOf, provableSystem } from "../support/proof";
import { SHARED, bucket, key, pipelineRole, seed } from "../support/seed";

const deployRole = "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared";
const administrator = `arn:aws:iam::${SHARED}:role/any-administrator`;
const buildRole = `arn:aws:iam::${SHARED}:role/service-role/bys-shared-iam-cdb-role`;

const shipped = provableSystem("codeseries.yaml");

/** The system with what the post gives in place of what the stacks make. */
function seedPolicies(keyPolicy: string): Policies {
  const own = shipped.policies.keys[0];
  const policies = changed(shipped.policies, own?.arn ?? "", key);
  const inline = ["read-artifacts", keyPolicy, "pass-role", "register-task-definition", "create-deployment"];
  const identity = inline.map((name) => ({ name, document: seed(name) }));
  const containerRegistry: PolicyJson = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["ecr:*", "cloudtrail:LookupEvents"], Resource: "*" }],
  };
  return {
    ...policies,
    roles: policies.roles.map((role) => {
      if (role.arn === deployRole) return { ...role, identity };
      if (role.arn !== buildRole) return role;
      const full = { name: "AmazonEC2ContainerRegistryFullAccess", document: containerRegistry };
      return { ...role, identity: [...role.identity, full] };
    }),
    buckets: policies.buckets.map((one) =>
      one.arn === bucket ? { ...one, policy: seed("bucket-policy") } : one,
    ),
    // "Define Key Usage Permissions": the pipeline's role alone.
    keys: policies.keys.map((one) => ({
      ...one,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${SHARED}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Effect: "Allow",
            Principal: { AWS: pipelineRole },
            Action: ["kms:Decrypt", "kms:Encrypt"],
            Resource: "*",
          },
        ],
      },
    })),
  };
}

describe("the seed's policies", () => {
  let found: readonly Failure[];
  beforeAll(async () => {
    found = await failuresOf(shipped.system, seedPolicies("use-key"));
  });

  const failing = (role: string, action: string, resource: string | RegExp) =>
    found.filter(
      (failure) =>
        failure.roles.includes(role) &&
        failure.actions.includes(action) &&
        failure.resources.some((one) =>
          typeof resource === "string" ? one === resource : resource.test(one),
        ),
    );

  it("do not let the deploy role decrypt: the key's policy has no other account, as in the post's 5.2", () => {
    expect(failing(deployRole, "kms:Decrypt", key)).toContainEqual(
      expect.objectContaining({
        account: SHARED,
        because: expect.arrayContaining([`key policy of ${key} does not allow it`]) as string[],
        add: [
          {
            to: `key policy of ${key}`,
            statement: expect.objectContaining({
              Action: "kms:Decrypt",
              Principal: { AWS: "arn:aws:iam::558846431111:root" },
              Condition: expect.objectContaining({ ArnEquals: { "aws:PrincipalArn": deployRole } }) as object,
            }) as object,
          },
        ],
      }),
    );
  });

  it.each([
    ["ecs:TagResource", /:task-definition\//],
    ["s3:GetBucketLocation", bucket],
    ["s3:GetBucketVersioning", bucket],
  ])("lack %s", (action, resource) => {
    expect(failing(deployRole, action, resource)[0]?.what).toMatch(/^cannot /);
  });

  it("deny an upload without encryption headers, though the bucket would encrypt it", () => {
    expect(failing(pipelineRole, "s3:PutObject", /BuildArtif/)).toContainEqual(
      expect.objectContaining({
        what: "cannot store artifacts, encrypted by the bucket's default",
        because: [
          expect.stringContaining(`denied by DenyUnEncryptedObjectUploads in bucket policy of ${bucket}`),
        ],
      }),
    );
  });

  it.each([
    ["let any role be passed", deployRole, "iam:PassRole", /bys-dev-iam-cdp-role$/],
    ["let roles be passed to any service", deployRole, "iam:PassRole", /ecs-task-role$/],
    ["let the deploy role encrypt", deployRole, "kms:GenerateDataKey", key],
    [
      "let a build push anywhere, without the push role",
      buildRole,
      "ecr:PutImage",
      /repository\/ecs\/dev-awssdk-iam$/,
    ],
    ["let the deploy role overwrite artifacts", deployRole, "s3:PutObject", /BuildArtif/],
    ["let the bucket be listed without TLS", administrator, "s3:ListBucket", bucket],
    ["let artifacts be encrypted with another key", administrator, "s3:PutObject", /any-key$/],
  ])("%s", (_, role, action, resource) => {
    expect(failing(role, action, resource)).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining(" would ") as string }),
    );
  });

  it.each([
    ["the release of any application", /^Resource \S*\* of .* in policy "create-deployment" of /],
    [
      "every action on the registry",
      /^Action ecr:\* of .* in policy "AmazonEC2ContainerRegistryFullAccess" of /,
    ],
    [
      "every role of dev to overwrite artifacts",
      /^Action s3:Put\* of .* in bucket policy of .*: no required call/,
    ],
  ])("allow %s", (_, because) => {
    expect(found.flatMap((failure) => failure.because)).toContainEqual(expect.stringMatching(because));
  });

  it("name no key at all where the first of them has a digit too many", async () => {
    const withTypo = await failuresOf(shipped.system, seedPolicies("use-key-with-a-typo"));
    expect(
      withTypo.filter(
        ({ actions, roles }) => roles.includes(deployRole) && actions.includes("kms:DescribeKey"),
      ),
    ).toContainEqual(
      expect.objectContaining({
        because: expect.arrayContaining([
          expect.stringMatching(/allows it, but on arn:aws:kms:.*:key\/111122222-71d6/),
        ]) as string[],
      }),
    );
  });
});
