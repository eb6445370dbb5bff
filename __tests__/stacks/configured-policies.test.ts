import { edit, shippedYaml } from "../support/faults";
import { policies } from "../support/synth";
import { configOf, synthApp } from "../support/synth-app";

const READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const own = (prefix: string) => [
  READ,
  {
    actions: ["s3:GetObject"],
    resources: [`arn:aws:s3:::${prefix}/\${aws:PrincipalTag/team}/*`],
    conditions: {
      StringEquals: { "aws:ResourceTag/app": ["a", "${aws:username}"], "aws:SourceVpc": "vpc-1" },
    },
  },
];
const { dev, shared } = synthApp(
  configOf(
    edit(
      shippedYaml,
      ["port: 10012", `port: 10012\n    task: { policies: ${JSON.stringify(own("task"))} }`],
      ["build: {", `build: { policies: ${JSON.stringify(own("build"))},`],
    ),
  ),
);

describe.each([
  ["task", dev, "task-role"],
  ["build", shared, "build_role"],
])("%s.policies", (prefix, stack, role) => {
  const statements = Object.entries(stack ? policies(stack) : {}).filter(([id]) => id.includes("configured"));

  it("are statements of that role alone, with IAM's variables escaped for Terraform", () => {
    expect(statements).toEqual([
      [
        expect.stringContaining(role),
        [
          {
            sid: "Statement1",
            actions: ["s3:GetObject"],
            resources: [`arn:aws:s3:::${prefix}/$\${aws:PrincipalTag/team}/*`],
            condition: [
              { test: "StringEquals", variable: "aws:ResourceTag/app", values: ["a", "$${aws:username}"] },
              { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-1"] },
            ],
          },
        ],
      ],
    ]);
  });

  it("are managed policies that are attached to it", () => {
    const attachments = Object.entries(stack?.resource?.aws_iam_role_policy_attachment ?? {});
    expect(attachments).toMatchObject([[expect.stringContaining(role), { policy_arn: READ }]]);
  });
});
