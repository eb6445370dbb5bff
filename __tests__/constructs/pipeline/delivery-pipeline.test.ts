import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformOutput } from "cdktf";
import { approvalAction } from "../../../src/constructs/pipeline/approval-action";
import { blueGreenDeployAction } from "../../../src/constructs/pipeline/blue-green-deploy-action";
import {
  DeliveryPipeline,
  type DeliveryPipelineProps,
} from "../../../src/constructs/pipeline/delivery-pipeline";
import type { PipelineAction } from "../../../src/constructs/pipeline/pipeline-action";
import { policies, statement, synth, theOnly } from "../../support/synth";

const source: PipelineAction = {
  action: {
    name: "Source",
    category: "Source",
    owner: "AWS",
    provider: "CodeCommit",
    version: "1",
    namespace: "SourceVariables",
    outputArtifacts: ["SourceArtifact"],
    configuration: { RepositoryName: "awssdk-iam", BranchName: "develop", PollForSourceChanges: "false" },
  },
  permissions: [
    {
      sid: "FetchSource",
      actions: ["codecommit:GetBranch"],
      resources: ["arn:aws:codecommit:ap-northeast-2:202949997891:awssdk-iam"],
    },
  ],
};
const deploy = blueGreenDeployAction({
  name: "DeployToDev",
  deployRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
  computedDeployRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
  applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
  deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
});
const props: DeliveryPipelineProps = {
  pipelineName: "bys-shared-cdpl-awssdk-iam-dev",
  roleName: "bys-shared-iam-cdpl-awssdk-iam-role",
  rolePath: "/service-role/",
  accountId: "202949997891",
  artifactStore: {
    bucketName: "bys-shared-s3-codeseries-awssdk-iam",
    bucketArn: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
    kmsKeyArn: "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102",
    keyPrefix: "bys-shared-cdpl",
    ready: [],
  },
  stages: [
    { name: "Source", actions: [source] },
    { name: "DeployToDev", actions: [approvalAction(), deploy] },
  ],
};

const build = (overrides: Partial<DeliveryPipelineProps> = {}) =>
  synth((scope) => {
    const pipeline = new DeliveryPipeline(scope, "pipeline", { ...props, ...overrides });
    new TerraformOutput(scope, "made", { value: [pipeline.pipelineName, pipeline.arn] });
  });

const stack = build();

describe("DeliveryPipeline", () => {
  it("runs for the newest revision only", () => {
    expect(theOnly(stack, Codepipeline)).toMatchObject({
      name: "bys-shared-cdpl-awssdk-iam-dev",
      pipeline_type: "V2",
      execution_mode: "SUPERSEDED",
    });
  });

  it("has no trigger of its own: the source says when", () => {
    expect(theOnly(stack, Codepipeline)).not.toHaveProperty("trigger");
  });

  it("encrypts artifacts with the key's ARN, which means the same key in every account", () => {
    expect(theOnly(stack, Codepipeline).artifact_store).toEqual([
      {
        type: "S3",
        location: "bys-shared-s3-codeseries-awssdk-iam",
        encryption_key: { id: props.artifactStore.kmsKeyArn, type: "KMS" },
      },
    ]);
    expect(JSON.stringify(stack)).not.toContain("alias/");
  });

  it("runs its stages, and a stage's actions, one after another", () => {
    expect(theOnly(stack, Codepipeline).stage).toMatchObject([
      { name: "Source", action: [{ name: "Source", run_order: 1 }] },
      {
        name: "DeployToDev",
        action: [
          { name: "Approve", run_order: 1 },
          { name: "DeployToDev", run_order: 2 },
        ],
      },
    ]);
  });

  it("passes an action on as it is", () => {
    const { stage } = theOnly(stack, Codepipeline) as { stage: { action: unknown[] }[] };
    expect(stage[0]?.action).toEqual([
      {
        name: "Source",
        category: "Source",
        owner: "AWS",
        provider: "CodeCommit",
        version: "1",
        namespace: "SourceVariables",
        output_artifacts: ["SourceArtifact"],
        configuration: source.action.configuration,
        run_order: 1,
      },
    ]);
  });

  it("waits for its role's policy, since CodePipeline tries the action roles at once", () => {
    expect(theOnly(stack, Codepipeline)).toMatchObject({
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });

  it("waits for what its artifacts need, since the first run starts at once", () => {
    const { depends_on } = theOnly(
      synth((scope) => {
        const artifactStore = { ...props.artifactStore, ready: [new KmsKey(scope, "key", {})] };
        new DeliveryPipeline(scope, "pipeline", { ...props, artifactStore });
      }),
      Codepipeline,
    );
    expect(depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\./), "aws_kms_key.key"]);
  });

  it("hands on its name and ARN", () => {
    expect(stack.output?.made?.value).toEqual([
      expect.stringMatching(/^\$\{aws_codepipeline\.\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_codepipeline\.\w+\.arn\}$/),
    ]);
  });
});

describe("the role of a pipeline", () => {
  const permissions = policies(stack).pipeline_role_permissions ?? [];

  it("stands where its ARN is expected", () => {
    expect(theOnly(stack, IamRole)).toMatchObject({
      name: "bys-shared-iam-cdpl-awssdk-iam-role",
      path: "/service-role/",
    });
  });

  it("is assumed by CodePipeline, for its own account", () => {
    expect(statement(stack, "AssumeForOwnResource")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["codepipeline.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["202949997891"] }],
    });
  });

  it("asks for no source ARN, which CodePipeline does not document", () => {
    expect(JSON.stringify(statement(stack, "AssumeForOwnResource"))).not.toContain("aws:SourceArn");
  });

  it("reads and writes its own artifacts, in its own account's bucket only", () => {
    const condition = [{ test: "StringEquals", variable: "aws:ResourceAccount", values: ["202949997891"] }];
    expect(statement(stack, "FindArtifacts")).toEqual({
      sid: "FindArtifacts",
      actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam"],
      condition,
    });
    expect(statement(stack, "PassArtifacts")).toEqual({
      sid: "PassArtifacts",
      actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
      resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam/bys-shared-cdpl*/*"],
      condition,
    });
  });

  it("uses one key, and does not administer it", () => {
    expect(statement(stack, "UseArtifactKey")).toEqual({
      sid: "UseArtifactKey",
      actions: ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: [props.artifactStore.kmsKeyArn],
    });
  });

  it("may do what its actions need, and no more once they go away", () => {
    expect(permissions.map(({ sid }) => sid)).toEqual([
      "FindArtifacts",
      "PassArtifacts",
      "UseArtifactKey",
      "FetchSource",
      "AssumeDeployRole",
    ]);
    const bare = build({ stages: [{ name: "Approve", actions: [approvalAction()] }] });
    expect(policies(bare).pipeline_role_permissions?.map(({ sid }) => sid)).toEqual([
      "FindArtifacts",
      "PassArtifacts",
      "UseArtifactKey",
    ]);
  });

  it("has no right over everything, and passes no role", () => {
    expect(permissions.flatMap(({ resources }) => resources)).not.toContain("*");
    const actions = permissions.flatMap((granted) => granted.actions);
    expect(actions).not.toContainEqual(expect.stringMatching(/^(\*|\w+:\*|iam:.*|ecs:.*|codedeploy:.*)$/));
  });
});
