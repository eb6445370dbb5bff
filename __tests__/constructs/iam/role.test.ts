import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformOutput } from "cdktf";
import { Role, type RoleProps } from "../../../src/constructs/iam/role";
import { trustService } from "../../../src/constructs/iam/trust";
import { all, policies, synth, theOnly } from "../../support/synth";

const props: RoleProps = {
  name: "bys-shared-iam-evb-awssdk-iam-role",
  description: "Lets EventBridge start the pipeline",
  trust: trustService({ service: "events.amazonaws.com", sourceAccountId: "202949997891" }),
  permissions: [
    {
      sid: "StartPipeline",
      actions: ["codepipeline:StartPipelineExecution"],
      resources: ["arn:aws:codepipeline:ap-northeast-2:202949997891:bys-shared-cdpl-awssdk-iam-dev"],
    },
  ],
};

const build = (overrides: Partial<RoleProps> = {}) =>
  synth((scope) => {
    const { arn, ready } = new Role(scope, "role", { ...props, ...overrides });
    new TerraformOutput(scope, "after", { value: arn, dependsOn: ready });
  });

const stack = build();

describe("Role", () => {
  it("has its name and says what it is for", () => {
    expect(theOnly(stack, IamRole)).toMatchObject({ name: props.name, description: props.description });
  });

  it("stands at the root path by default", () => {
    expect(theOnly(stack, IamRole)).not.toHaveProperty("path");
  });

  it("stands at another path if so told", () => {
    expect(theOnly(build({ path: "/service-role/" }), IamRole).path).toBe("/service-role/");
  });

  it("is assumed as its one statement of trust says", () => {
    expect(policies(stack).role_trust).toEqual([props.trust]);
  });

  it("may do what it is given, inline", () => {
    expect(policies(stack).role_permissions).toEqual(props.permissions);
    expect(theOnly(stack, IamRolePolicy)).toMatchObject({
      name: "permissions",
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as string,
    });
  });

  it("is ready when its policy is", () => {
    expect(stack.output?.after).toEqual({
      value: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      depends_on: [expect.stringContaining("aws_iam_role_policy.")],
    });
  });
});

describe("a role without permissions", () => {
  const trusted = build({ permissions: [] });

  it("has no policy, since IAM takes no empty one", () => {
    expect(all(trusted, IamRolePolicy)).toEqual([]);
    expect(Object.keys(policies(trusted))).toEqual(["role_trust"]);
  });

  it("is ready by itself", () => {
    expect(trusted.output?.after?.depends_on).toEqual([expect.stringContaining("aws_iam_role.")]);
  });
});

describe("a role with permissions of its user", () => {
  const arns = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "arn:aws:iam::123456789012:policy/a/b"];
  const read = { sid: "Statement1", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::data/*"] };
  const given = build({ configured: { managedPolicyArns: arns, statements: [read] } });

  it("has the statements in an inline policy of their own", () => {
    expect(policies(given)["role_configured-policy_permissions"]).toEqual([read]);
    expect(all(given, IamRolePolicy).map(({ name }) => name)).toEqual(["configured", "permissions"]);
    expect(policies(given).role_permissions).toEqual(props.permissions);
  });

  it("has the managed policies attached", () => {
    expect(
      all(given, IamRolePolicyAttachment)
        .map(({ policy_arn }) => policy_arn)
        .sort(),
    ).toEqual(arns.toSorted());
  });

  it("keeps its attachments when one is added before them", () => {
    const idsOf = (managedPolicyArns: string[]) =>
      Object.keys(
        build({ configured: { managedPolicyArns, statements: [] } }).resource
          ?.aws_iam_role_policy_attachment ?? {},
      );
    expect(idsOf(arns)).toEqual(expect.arrayContaining(idsOf(arns.slice(1))));
  });

  it("is ready when all of them are", () => {
    expect(given.output?.after?.depends_on).toHaveLength(4);
  });
});
