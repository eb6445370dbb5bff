import "cdktf/lib/testing/adapters/jest";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Testing } from "cdktf";
import { BootstrapStack } from "../../src/stacks/bootstrap-stack";
import { EnvironmentStack } from "../../src/stacks/environment-stack";
import { systemFile } from "../support/synth-app";

Testing.setupJest();

const system = systemFile("codeseries.yaml");
const [dev] = system.environments;

/** As a team that uses codeseries asserts on a stack of its own: one that refers to no other. */
function synthDev(): string {
  if (!dev) throw new Error("the shipped configuration has no environment dev");
  return Testing.synth(new EnvironmentStack(Testing.app({ stackTraces: false }), "dev", system, dev), true);
}

describe("with cdktf's own matchers", () => {
  it("the environment stack has what a delivery needs, and nothing of the shared account", () => {
    const stack = synthDev();
    expect(stack).toHaveResourceWithProperties(Lb, {
      name: "bys-dev-alb-main",
      drop_invalid_header_fields: true,
    });
    expect(stack).toHaveResourceWithProperties(EcsService, {
      name: "bys-dev-svc-awssdk-iam",
      deployment_controller: { type: "CODE_DEPLOY" },
    });
    expect(stack).toHaveResource(IamRolePolicy);
    expect(stack).not.toHaveResource(Codepipeline);
    expect(stack).not.toHaveResource(CodebuildProject);
    expect(stack).not.toHaveResource(IamUser);
  });

  it("the bootstrap stack has a bucket that no plan destroys", () => {
    const stack = Testing.synth(
      new BootstrapStack(Testing.app({ stackTraces: false }), "bootstrap", system),
      true,
    );
    expect(stack).toHaveResourceWithProperties(S3Bucket, {
      bucket: "bys-shared-s3-tfstate",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });
});
