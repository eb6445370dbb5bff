import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";

const connection =
  "{ connection: { arn: arn:aws:codeconnections:ap-northeast-2:202949997891:connection/1234abcd, repository: a/b } }";
const connected = edit(shippedYaml, ["{ repository: awssdk-iam }", connection]);
const source = (yaml: string, keys: string) => edit(yaml, ["a/b } }", `a/b }, ${keys} }`]);

describe("environments.<e>.tags", () => {
  const tags = (value: string, yaml = connected) => edit(yaml, ["branch: develop", `tags: ${value}`]);

  it("takes the place of a branch", () => {
    expect(faultsIn(tags('["v*"]'))).toEqual([]);
    expect(faultsIn(edit(connected, ["branch: develop", 'branch: develop\n    tags: ["v*"]']))).toEqual([]);
    expect(faultsIn(edit(connected, ["    branch: develop\n", ""]))).toEqual([
      expect.stringContaining("environments.dev.branch: expected a Git branch name, or tags"),
    ]);
  });

  it("is not for AWS's tags", () => {
    expect(faultsIn(tags("{ team: platform }"))).toEqual([
      'c.yaml:17:11 environments.dev.tags: expected a list of patterns such as ["v*"]: these are Git tags; AWS tags are top-level, got {"team":"platform"}',
    ]);
  });

  it.each([
    ["[]", "at least one pattern"],
    ['["v*", "v*"]', "different patterns"],
    ['["1","2","3","4","5","6","7","8","9"]', "at most 8 patterns, as AWS allows"],
    ['["${any}"]', "a pattern of Git tags such as v*"],
    [`["${"v".repeat(256)}"]`, "a pattern of Git tags such as v*"],
  ])("is refused as %s", (value, expected) => {
    expect(faultsIn(tags(value))).toEqual([expect.stringContaining(`expected ${expected}`)]);
  });

  it("needs a connection for every service that is delivered there", () => {
    expect(faultsIn(tags('["v*"]', shippedYaml))).toEqual([
      'c.yaml:17:11 environments.dev.tags: expected branch in place of tags: only a source.connection can start a pipeline by Git tags, and CodeCommit has the source of awssdk-iam, got ["v*"]',
    ]);
  });
});

describe("source.paths", () => {
  it("is for a connection only", () => {
    expect(faultsIn(source(connected, 'paths: ["api/**", "*.lock"]'))).toEqual([]);
    expect(
      faultsAfter(["{ repository: awssdk-iam }", '{ repository: awssdk-iam, paths: ["api/**"] }']),
    ).toEqual([
      'c.yaml:26:46 services.awssdk-iam.source.paths: expected no paths without source.connection: a push to CodeCommit starts its pipelines, whichever files it changes, got ["api/**"]',
    ]);
  });

  it.each(["/api/**", "./api/**", "../api/**", ""])("is refused as %j, which no path matches", (pattern) => {
    expect(faultsIn(source(connected, `paths: ["${pattern}"]`))).toEqual([
      expect.stringContaining(
        "paths relative to the repository such as api/**, without / or ./ at its start",
      ),
    ]);
  });
});

describe("source.approvals", () => {
  const approvals = (yaml: string) =>
    edit(yaml, ["{ repository: awssdk-iam }", "{ repository: awssdk-iam, approvals: 2 }"]);

  it("protect the branches of protected environments", () => {
    expect(faultsIn(approvals(edit(shippedYaml, ["protect: false", "protect: true"])))).toEqual([]);
    expect(faultsIn(approvals(shippedYaml))).toEqual([
      expect.stringContaining(
        "source.approvals: expected 0, or an environment with protect: true, whose branch is protected, got 2",
      ),
    ]);
  });

  it("are CodeCommit's", () => {
    expect(faultsIn(source(connected, "approvals: 1"))).toEqual([
      expect.stringContaining(
        "source.approvals: expected 0 with source.connection: protect the branches at GitHub",
      ),
    ]);
  });
});

describe("build.vpc", () => {
  const build = (yaml: string) => edit(yaml, ["build: {", "build: { vpc: true,"]);
  const vpc = "vpc: { vpcId: vpc-01234567, subnetIds: [subnet-01234567], securityGroupIds: [sg-01234567] }";

  it("needs accounts.shared.vpc", () => {
    expect(faultsIn(build(shippedYaml))).toEqual([
      expect.stringContaining(
        "build.vpc: expected false, or accounts.shared.vpc with vpcId, subnetIds and securityGroupIds, got true",
      ),
    ]);
    expect(faultsIn(edit(build(shippedYaml), ['"202949997891"', `"202949997891", ${vpc}`]))).toEqual([]);
  });

  it("is in no other account", () => {
    expect(faultsAfter(['"558846431111"', `"558846431111", ${vpc}`])).toEqual([
      expect.stringContaining("accounts.dev.vpc: expected no vpc: builds run in the account shared"),
    ]);
  });
});

describe("source.clone", () => {
  it("is zip or full", () => {
    expect(faultsIn(source(connected, "clone: full"))).toEqual([]);
    expect(faultsIn(source(connected, "clone: true"))).toEqual([
      expect.stringContaining("source.clone: expected one of zip, full, got true"),
    ]);
  });
});
