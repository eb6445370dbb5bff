import { isAllowed, type NamingLimit } from "../../src/config/schema/name-limits";

const a = (length: number) => "a".repeat(length);

/** Names at the limit, and one step beyond it; aws-correctness of AWS's own API models. */
const cases: readonly [NamingLimit, readonly string[], readonly string[]][] = [
  [
    "s3Bucket",
    ["abc", a(63), "a.b-c", "1bucket1"],
    [
      "ab",
      a(64),
      "Upper_Case",
      "-ab",
      "ab-",
      "a..b",
      "192.168.0.1",
      "xn--abc",
      "sthree-abc",
      "amzn-s3-demo-x",
      "abc-s3alias",
      "abc--ol-s3",
      "abc.mrap",
      "abc--x-s3",
      "abc--table-s3",
      "abc-an",
    ],
  ],
  ["loadBalancer", ["a", a(32), "a-B-1"], ["", a(33), "-a", "a-", "a_b", "internal-a"]],
  ["targetGroup", ["a", a(32), "a-1"], ["", a(33), "-a", "a-", "a.b"]],
  ["iamRole", ["a", a(64), "a_+=,.@-b"], ["", a(65), "a b", "a/b", "a:b"]],
  ["iamPolicy", ["a", a(128)], ["", a(129), "a b"]],
  ["codeDeployApplication", ["a", a(100), "a._+=,@-b"], ["", a(101), "a b", "a/b"]],
  ["deploymentGroup", ["a", a(100)], ["", a(101), "a/b"]],
  ["deploymentConfig", ["a", a(100)], ["", a(101), "a b"]],
  ["ecsCluster", ["a", a(255), "a_B-1"], ["", a(256), "a.b", "has space"]],
  ["ecsService", ["a", a(255), "a_B-1"], ["", a(256), "a.b", "has space!"]],
  ["taskFamily", ["a", a(255), "a_B-1"], ["", a(256), "a/b"]],
  ["buildProject", ["ab", a(150), "1_a-b"], ["a", a(151), a(200), "-ab", "a b", "a.b"]],
  ["pipeline", ["a", a(100), "a.b@c_d-e"], ["", a(101), "x y", "a/b"]],
  ["stage", ["a", a(100), "DevDeploy"], ["", a(101), "a b"]],
  [
    "ecrRepository",
    ["ab", a(256), "ecs/dev-a", "a.b_c__d--e/f"],
    ["a", a(257), "ECS/Upper", "a//b", "/ab", "ab/", "a..b", "a___b", "-ab", "ab-"],
  ],
  [
    "kmsAlias",
    ["alias/a", `alias/${a(250)}`, "alias/a/_-B"],
    ["alias/", `alias/${a(251)}`, "a", "alias/aws/s3", "alias/a b"],
  ],
  ["codeCommitRepository", ["a", a(100), "a._-B"], ["", a(101), "a.git", "a b", "a/b"]],
  ["eventRule", ["a", a(64), "a._-B"], ["", a(65), "a b"]],
  ["logGroup", ["a", a(512), "/a/b.c_d-e#f"], ["", a(513), "a b", "a:b"]],
  ["alarm", ["a", a(255)], ["", a(256)]],
  ["securityGroup", ["a", a(255), "a b"], ["", a(256), "sg-a"]],
];

describe("AWS's naming rules", () => {
  it.each(cases)("take a %s name at the limit, and refuse one beyond it", (limit, allowed, refused) => {
    expect(allowed.filter((name) => !isAllowed(limit, name))).toEqual([]);
    expect(refused.filter((name) => isAllowed(limit, name))).toEqual([]);
  });
});
