import { PushRole, type PushRoleProps } from "../../../src/constructs/deployment/push-role";
import { policies, statement, synth } from "../../support/synth";

const props: PushRoleProps = {
  name: "bys-dev-iam-deploy-role",
  buildAccountId: "202949997891",
  buildRoleArn: "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role",
  containerRepositoryArn: "arn:aws:ecr:ap-northeast-2:558846431111:repository/ecs/dev-awssdk-iam",
};

const stack = synth((scope) => new PushRole(scope, "push-role", props));

describe("PushRole", () => {
  it("is assumed by the build role only, through its account's root", () => {
    expect(statement(stack, "AssumeFromOneRole")).toMatchObject({
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }],
      condition: [{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [props.buildRoleArn] }],
    });
  });

  it("asks for no source ARN or account, which AWS does not send from role to role", () => {
    expect(JSON.stringify(statement(stack, "AssumeFromOneRole"))).not.toContain("aws:Source");
  });

  it("pushes to one repository", () => {
    expect(statement(stack, "PushImage").resources).toEqual([props.containerRepositoryArn]);
    expect(statement(stack, "PushImage").actions).toContain("ecr:PutImage");
  });

  it("uses every resource for logging in only", () => {
    const everywhere = Object.values(policies(stack))
      .flat()
      .filter(({ resources }) => resources?.includes("*"));
    expect(everywhere.flatMap(({ actions }) => actions)).toEqual(["ecr:GetAuthorizationToken"]);
  });
});
