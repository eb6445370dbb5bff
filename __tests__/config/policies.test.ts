import { faultsAfter, shippedYaml, edit, faultsIn } from "../support/faults";

const task = (policies: unknown) =>
  ["port: 10012", `port: 10012\n    task: { policies: ${JSON.stringify(policies)} }`] as const;
const build = (policies: unknown) => ["build: {", `build: { policies: ${JSON.stringify(policies)},`] as const;
const AT = "services.awssdk-iam.task.policies";
const resources = ["*"];
const actions = ["s3:GetObject"];

describe("policies", () => {
  it.each([
    ["of AWS", ["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"]],
    ["of the account", ["arn:aws:iam::558846431111:policy/teams/read"]],
    [
      "that are statements",
      [
        {
          actions: ["s3:Get*", "iot-data:Publish"],
          resources: ["arn:aws:s3:::data/${aws:PrincipalTag/team}/a b*", "arn:aws:iot:*:*:topic/x"],
          conditions: { "ForAnyValue:StringLikeIfExists": { "aws:PrincipalTag/team": ["a", "b"] } },
        },
      ],
    ],
  ])("are accepted %s", (_, policies) => {
    expect(faultsAfter(task(policies))).toEqual([]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ["a name", ["AmazonS3ReadOnlyAccess"], `${AT}.0`, /the ARN of a managed policy such as arn:aws:iam::aws/],
    ["no list", { actions, resources }, AT, /a list of managed policies' ARNs and of statements/],
    ["the ARN of a role", ["arn:aws:iam::558846431111:role/x"], `${AT}.0`, /the ARN of a managed policy/],
    ["an unknown key", [{ actions, resources, effect: "Deny" }], `${AT}.0.effect`, /actions, resources/],
    ["no actions", [{ resources }], `${AT}.0.actions`, /a list of actions, got nothing/],
    ["an empty list", [{ actions: [], resources }], `${AT}.0.actions`, /at least one action/],
    ["every action", [{ actions: ["*"], resources }], `${AT}.0.actions.0`, /an action such as s3:GetObject/],
    ["a resource by name", [{ actions, resources: ["bucket"] }], `${AT}.0.resources.0`, /an ARN such as/],
    [
      "another partition",
      [{ actions, resources: ["arn:aws-cn:s3:::a"] }],
      `${AT}.0.resources.0`,
      /an ARN such as/,
    ],
    [
      "an operator that IAM does not have",
      [{ actions, resources, conditions: { StringIs: { "aws:SourceIp": "a" } } }],
      `${AT}.0.conditions.StringIs`,
      /an operator such as StringEquals/,
    ],
    [
      "a key without a prefix",
      [{ actions, resources, conditions: { Bool: { SecureTransport: "true" } } }],
      `${AT}.0.conditions.Bool.SecureTransport`,
      /a condition key such as aws:SourceIp/,
    ],
    [
      "the same managed policy twice",
      ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/A"],
      AT,
      /different managed policies/,
    ],
    [
      "more managed policies than a role can have",
      Array.from({ length: 21 }, (_, index) => `arn:aws:iam::aws:policy/A${index}`),
      AT,
      /at most 20 managed policies/,
    ],
  ])("are refused with %s, at its path", (_, policies, path, message) => {
    const [fault, ...others] = faultsAfter(task(policies));
    expect(others).toEqual([]);
    expect(fault).toContain(` ${path}: expected `);
    expect(fault).toMatch(message);
  });

  it("are refused with a managed policy of another account than the role's", () => {
    const inShared = "arn:aws:iam::202949997891:policy/x";
    const inDev = "arn:aws:iam::558846431111:policy/x";
    expect(faultsAfter(build([inShared]))).toEqual([]);
    expect(faultsAfter(task([inShared]))).toEqual([
      expect.stringContaining(
        `${AT}.0: expected a policy of AWS or of the role's account, arn:aws:iam::558846431111:policy/…, got "${inShared}"`,
      ),
    ]);
    expect(faultsAfter(build([inDev]))).toEqual([
      expect.stringContaining(
        "services.awssdk-iam.build.policies.0: expected a policy of AWS or of the role's",
      ),
    ]);
  });

  it("of an environment replace the service's, and are named there", () => {
    const yaml = edit(shippedYaml, task(["arn:aws:iam::202949997891:policy/x"]), [
      "      dev:\n",
      '      dev:\n        task: { policies: ["arn:aws:iam::202949997891:policy/y"] }\n',
    ]);
    expect(faultsIn(yaml)).toEqual([
      expect.stringContaining(
        "services.awssdk-iam.environments.dev.task.policies.0: expected a policy of AWS",
      ),
    ]);
  });
});
