import type { Policies } from "../../src/permissions";
import { changed, failuresOf, provableSystem } from "../support/proof";

const shipped = provableSystem("codeseries.yaml");
const bucket = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";

/** What is excess in changed policies. */
async function excessAfter(part: string, by: string, lists: Partial<Policies> = shipped.policies) {
  const failures = await failuresOf(shipped.system, { ...shipped.policies, ...changed(lists, part, by) });
  return failures.flatMap(({ because }) => because.filter((line) => / (uses it|same calls)$/.test(line)));
}

describe("the excess of a statement", () => {
  it.each([
    [
      "an action",
      '"codebuild:StartBuild"',
      '"codebuild:StartBuild","codebuild:RetryBuild"',
      /^Action codebuild:RetryBuild of /,
    ],
    [
      "a resource",
      `"Resource":"${bucket}/dev/logs/*"`,
      `"Resource":["${bucket}/dev/logs/*","arn:aws:s3:::other/key"]`,
      /^Resource arn:aws:s3:::other\/key of KeepLogs /,
    ],
    [
      "a principal",
      '"Principal":{"Service":"codebuild.amazonaws.com"}',
      '"Principal":{"Service":["codebuild.amazonaws.com","ec2.amazonaws.com"]}',
      /^Principal ec2\.amazonaws\.com of /,
    ],
    [
      "a value of a condition",
      '"iam:PassedToService":"ecs-tasks.amazonaws.com"',
      '"iam:PassedToService":["ecs-tasks.amazonaws.com","lambda.amazonaws.com"]',
      /^Condition StringEquals iam:PassedToService lambda\.amazonaws\.com of /,
    ],
    [
      "an action on one of the resources, by a pair",
      `"Resource":"${bucket}/dev/logs/*"`,
      `"Resource":["${bucket}/dev/logs/*","${bucket}/dev/cache*"]`,
      /^Resource \S+\/dev\/cache\* of KeepLogs .*: other statements allow the same calls$/,
    ],
  ])("names %s that no required call uses", async (_, part, by, expected) => {
    expect(await excessAfter(part, by)).toContainEqual(expect.stringMatching(expected));
  });

  it("names a pair of an action and a resource that no required call uses, and that AWS knows", async () => {
    const excess = await excessAfter(
      '"Action":["codebuild:StartBuild","codebuild:BatchGetBuilds"],"Resource":"',
      '"Action":["codebuild:StartBuild","codebuild:BatchGetBuilds","codestar-connections:UseConnection"],"Resource":"',
    );
    expect(excess).toEqual([]);
  });

  it("names a statement that no required call uses, as a whole", async () => {
    const [role] = shipped.policies.roles;
    const more = {
      Sid: "More",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: "arn:aws:s3:::other/key",
    };
    const identity = [{ name: "more", document: { Version: "2012-10-17", Statement: [more] } }];
    const roles = [{ ...role, identity: [...(role?.identity ?? []), ...identity] }];
    const failures = await failuresOf(shipped.system, {
      ...shipped.policies,
      roles: [...roles, ...shipped.policies.roles.slice(1)] as Policies["roles"],
    });
    expect(failures.map(({ because }) => because)).toEqual([
      [`the whole statement of More in policy "more" of ${role?.arn ?? ""}: no required call uses it`],
    ]);
  });

  it("names statements that allow the same", async () => {
    const { keys, ...others } = shipped.policies;
    const roles = others.roles.map((role) => ({
      ...role,
      identity: role.identity.flatMap((policy) => [policy, { ...policy, name: `${policy.name} again` }]),
    }));
    const failures = await failuresOf(shipped.system, { ...others, keys, roles });
    const because = failures.flatMap((failure) => failure.because);
    expect(because).toContainEqual(
      expect.stringMatching(
        /^the whole statement of PushImage in policy "permissions" of .*: other statements allow the same calls$/,
      ),
    );
    expect(because).toContainEqual(
      expect.stringMatching(/^the whole statement of PushImage in policy "permissions again"/),
    );
  });
});
