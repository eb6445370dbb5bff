import { policiesOfStacks, type Policies } from "../../src/permissions";
import type { Stacks } from "../../src/synthesis/synthesized";
import type * as Memoized from "../support/memoized-simulator";
import { changed, changedPolicy, failuresOf, provableSystem } from "../support/proof";

jest.mock("@cloud-copilot/iam-simulate", () =>
  jest.requireActual<typeof Memoized>("../support/memoized-simulator").memoizedSimulator(),
);

const { policies, stacks, system } = provableSystem("codeseries.yaml");
const DEV = "558846431111";
const SHARED = "202949997891";

/** What is wrong with stacks that were broken. */
const wrongWith = (broken: Stacks) => failuresOf(system, policiesOfStacks(broken));

/** The policies without a statement. */
function without(sid: string): Policies {
  const isOther = (value: unknown) => (value as { Sid?: string } | null)?.Sid !== sid;
  const text = JSON.stringify(policies, (_, value: unknown) =>
    Array.isArray(value) ? value.filter(isOther) : value,
  );
  if (text === JSON.stringify(policies)) throw new Error(`there is no statement ${sid}`);
  return JSON.parse(text) as Policies;
}

describe("one thing broken by hand", () => {
  it.each([
    [
      "DeployRoleReadsArtifacts",
      "s3:GetObject",
      /bucket policy of arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam does not allow/,
    ],
    ["DevDeployRoleDecryptsThroughS3", "kms:Decrypt", /key policy of arn:aws:kms:.* does not allow/],
    [
      "DecryptArtifacts",
      "kms:Decrypt",
      /policy "permissions" of arn:aws:iam::558846431111:role\/bys-dev-iam-create-cdp-in-shared does not allow/,
    ],
    [
      "PushImage",
      "ecr:PutImage",
      /policy "permissions" of arn:aws:iam::558846431111:role\/bys-dev-iam-deploy-role does not allow/,
    ],
    [
      "AssumeDeployRole",
      "sts:AssumeRole",
      /policy "permissions" of .*bys-shared-iam-cdpl-awssdk-iam-role does not allow/,
    ],
  ])("a missing statement, %s, is named with the policy that lacks it", async (sid, action, because) => {
    const failures = await failuresOf(system, without(sid));
    const [failure] = failures.filter((one) => one.actions.includes(action));
    expect(failure?.because).toEqual(expect.arrayContaining([expect.stringMatching(because)]));
    expect(JSON.stringify(failure?.add.map(({ statement }) => statement.Action))).toContain(action);
  });

  it("a missing statement makes no statement of the other side excess", async () => {
    const failures = await failuresOf(system, without("DeployRoleReadsArtifacts"));
    expect(failures.map(({ what }) => what).filter((what) => !what.startsWith("cannot "))).toEqual([]);
  });

  it("a missing denial is named by what would happen, once, with the statement that denies it", async () => {
    const failures = await failuresOf(system, without("DenyWrongKmsKey"));
    const bucketPolicy = "bucket policy of arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";
    expect(failures).toEqual([
      expect.objectContaining({
        what: "an artifact would be encrypted with another key",
        because: [`${bucketPolicy} does not deny it`],
        add: [
          { to: bucketPolicy, statement: expect.objectContaining({ Sid: "DenyWrongKmsKey" }) as unknown },
        ],
      }),
    ]);
  });

  it("another account's id in a policy is named, with the statement that has it", async () => {
    const broken = changed(
      stacks,
      `arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam/*`,
      "arn:aws:s3:::other/*",
    );
    const failures = await wrongWith(broken);
    expect(failures.flatMap(({ because }) => because)).toContain(
      "its ReadArtifacts allows it, but on arn:aws:s3:::other/*",
    );
    const wrongAccount = await wrongWith(
      changedPolicy(stacks, `"aws:ResourceAccount":"${SHARED}"`, `"aws:ResourceAccount":"999999999999"`),
    );
    expect(wrongAccount.flatMap(({ because }) => because)).toContain(
      `its ReadArtifacts allows it, but only if aws:ResourceAccount StringEquals 999999999999 (it is ${SHARED})`,
    );
  });

  it("another account's id of a whole stack is named, with the roles that stand there", async () => {
    const broken = changed(
      stacks,
      `"allowed_account_ids":["${DEV}"]`,
      `"allowed_account_ids":["999999999999"]`,
    );
    const failures = await wrongWith(broken);
    expect(failures.flatMap(({ because }) => because)).toContain(
      `there is no arn:aws:iam::${DEV}:role/bys-dev-iam-deploy-role, but there is arn:aws:iam::999999999999:role/bys-dev-iam-deploy-role`,
    );
  });

  const key = /\$\{aws_kms_key\.[^.]+\.arn\}/.exec(JSON.stringify(stacks.shared))?.[0] ?? "";
  const alias = `arn:aws:kms:ap-northeast-2:${SHARED}:alias/bys-shared-kms-codeseries-awssdk-iam`;

  it("an alias in place of the key's ARN, in policies, is named", async () => {
    const broken = {
      ...stacks,
      ...changedPolicy({ shared: stacks.shared ?? {} }, `"Resource":"${key}"`, `"Resource":"${alias}"`),
    };
    const failures = await wrongWith(broken);
    expect(failures.flatMap(({ because }) => because)).toContain(
      `its UseArtifactKey allows it, but on ${alias}`,
    );
  });
});
